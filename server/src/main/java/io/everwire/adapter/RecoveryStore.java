package io.everwire.adapter;

import io.everwire.adapter.PacketLog.Entry;
import io.everwire.protocol.Packet;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What one server keeps for clients that are away: their sessions and the packets they may have missed, of all namespaces
 * together. It is bounded: the oldest go first. Any thread may use it; nothing here blocks for longer than a few instructions.
 *
 * <p>What is too old is forgotten when something else is kept, or asked for; there is no timer.
 */
public final class RecoveryStore {
    /**
     * How much is kept, for how long.
     *
     * @param maxDisconnectionMillis how long a client may be away
     * @param maxSessions of how many clients
     * @param maxPackets how many packets
     * @param maxBytes how much memory they may occupy, in bytes
     * @param maxReplayBytes how much one client may be given when it comes back; who missed more begins anew
     */
    public record Bounds(
            long maxDisconnectionMillis, int maxSessions, int maxPackets, long maxBytes, long maxReplayBytes) {}

    /**
     * A packet may have been on its way to a socket that was just disconnected; in so many milliseconds it was not, or the
     * processor stood still.
     */
    private static final long MARGIN = 1_000;

    private static final int FIRST_CAPACITY = 64;
    private static final int RADIX = 36;

    private record Away(PacketLog log, SavedSession session) {}

    private final Bounds bounds;
    private final LongSupplier clock;

    /**
     * Begins every offset. Clients take the last text of whatever event for an offset: what looks like one here should be one,
     * and of this server in this life.
     */
    private final String mark = Integer.toString(100_000 + new SecureRandom().nextInt(1_000_000_000), RADIX) + "-";

    /** By private id, in the order of their disconnection, but for those that were abandoned. Guarded by this, as all below. */
    private final Map<String, Away> sessions = new LinkedHashMap<>();

    /** The packets by number, each at the remainder of its number. The length is a power of two. */
    private @Nullable Entry[] packets = new Entry[FIRST_CAPACITY];

    private long first;
    private long end;
    private long bytes;
    /** The time of the last packet that was forgotten. */
    private long forgotten = Long.MIN_VALUE;

    /** @param clock milliseconds that only move forward */
    public RecoveryStore(Bounds bounds, LongSupplier clock) {
        this.bounds = bounds;
        this.clock = clock;
    }

    /** Its bounds. */
    public Bounds bounds() {
        return bounds;
    }

    /** How many packets it holds, some of which may be too old. */
    public synchronized int packets() {
        return (int) (end - first);
    }

    /** What the packets it holds occupy, in bytes. */
    public synchronized long bytes() {
        return bytes;
    }

    /** How many sessions it holds, some of which may be too old. */
    public synchronized int sessions() {
        return sessions.size();
    }

    /**
     * Whether a packet is worth keeping. Calls are not, as nobody would wait for the answer any more (and in the reference);
     * nor what is not worth waiting for.
     */
    static boolean keeps(Packet packet, BroadcastOptions options) {
        return !options.isVolatile()
                && (packet instanceof Packet.Event event
                        ? event.ackId() == Packet.NO_ACK
                        : packet instanceof Packet.Message);
    }

    /** Keeps a packet; returns it with its offset. */
    synchronized Packet keep(PacketLog log, Packet packet, BroadcastOptions options) {
        long now = clock.getAsLong();
        Packet marked = marked(packet, mark + Long.toString(end, RADIX));
        Entry entry = new Entry(log, now, marked, options);
        if (end - first == packets.length) {
            grow();
        }
        packets[index(end++)] = entry;
        bytes += entry.size;
        log.add(entry);
        while (first < end && (isTooMuch() || isOld(now, packet(first).time))) {
            forgetFirst();
        }
        return marked;
    }

    /** Keeps a session. */
    synchronized void keep(PacketLog log, SavedSession session) {
        long now = clock.getAsLong();
        sessions.put(session.pid(), new Away(log, session));
        while (!sessions.isEmpty()) {
            SavedSession oldest = sessions.values().iterator().next().session();
            if (sessions.size() <= bounds.maxSessions() && !isOld(now, oldest.since())) {
                return;
            }
            sessions.remove(oldest.pid());
        }
    }

    /** Gives a session out, together with the packet or the place after which begins what it missed. */
    @Nullable
    Missed take(PacketLog log, String pid, String offset) {
        SavedSession session;
        Entry last;
        synchronized (this) {
            Away away = sessions.remove(pid);
            if (away == null || away.log != log || isOld(clock.getAsLong(), away.session.since())) {
                return null;
            }
            session = away.session;
            last = last(log, session, offset);
        }
        Missed missed = last == null ? null : new Missed(session, last);
        return missed == null || missed.size() > bounds.maxReplayBytes() ? null : missed;
    }

    /** A session, and where the packets begin that it missed. */
    record Missed(SavedSession session, Entry last) {
        /** The packets so far. */
        List<Packet> packets() {
            List<Packet> packets = new ArrayList<>();
            Set<String> rooms = session.rooms();
            for (Entry entry = last.next; entry != null; entry = entry.next) {
                if (entry.packet != null && entry.isFor(rooms)) {
                    packets.add(entry.packet);
                }
            }
            return packets;
        }

        private long size() {
            long size = 0;
            for (Entry entry = last.next; entry != null; entry = entry.next) {
                size += entry.isFor(session.rooms()) ? entry.size - PacketLog.OVERHEAD : 0;
            }
            return size;
        }
    }

    /** Keeps a session that was given out, as if it had not been. */
    synchronized void putBack(PacketLog log, SavedSession session) {
        sessions.put(session.pid(), new Away(log, session));
    }

    private @Nullable Entry last(PacketLog log, SavedSession session, String offset) {
        long number = number(offset);
        if (number < 0 || number >= end) {
            return null;
        } else if (number >= first) {
            Entry entry = packet(number);
            return entry.log == log ? entry : null;
        }
        // Too long ago to be held. That does no harm if nothing else was sent to it before it was disconnected, and all
        // that came
        // afterwards is still here.
        boolean complete = offset.equals(session.lastOffset()) && forgotten < session.since() - MARGIN;
        return complete ? log.beginning() : null;
    }

    private long number(String offset) {
        // No number that is written in one way only: another spelling is none of ours.
        if (!offset.startsWith(mark)) {
            return -1;
        }
        String digits = offset.substring(mark.length());
        try {
            long number = Long.parseLong(digits, RADIX);
            return Long.toString(number, RADIX).equals(digits) ? number : -1;
        } catch (NumberFormatException none) {
            return -1;
        }
    }

    private boolean isOld(long now, long time) {
        return now - time > bounds.maxDisconnectionMillis();
    }

    private boolean isTooMuch() {
        return end - first > bounds.maxPackets() || bytes > bounds.maxBytes();
    }

    private void forgetFirst() {
        Entry entry = packet(first);
        packets[index(first++)] = null;
        bytes -= entry.size;
        forgotten = entry.time;
        entry.log.forget(entry);
    }

    @SuppressWarnings("NullAway") // between first and end there are packets
    private Entry packet(long number) {
        return packets[index(number)];
    }

    private int index(long number) {
        return (int) number & (packets.length - 1);
    }

    private void grow() {
        @Nullable Entry[] before = packets;
        packets = new Entry[2 * before.length];
        for (long number = first; number < end; number++) {
            packets[index(number)] = before[(int) number & (before.length - 1)];
        }
        Arrays.fill(before, null);
    }

    private static Packet marked(Packet packet, String offset) {
        if (packet instanceof Packet.Event event) {
            return new Packet.Event(event.namespace(), event.ackId(), event.data(), event.attachments(), offset);
        }
        Packet.Message message = (Packet.Message) packet;
        return new Packet.Message(message.namespace(), message.ackId(), message.data(), message.attachments(), offset);
    }
}
