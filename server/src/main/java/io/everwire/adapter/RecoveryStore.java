package io.everwire.adapter;

import io.everwire.adapter.PacketLog.Entry;
import io.everwire.protocol.Packet;
import io.everwire.protocol.ReachedLimit;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The memory of connection state recovery of one server: the sessions of disconnected clients and the packets that they
 * may have missed, of all namespaces together. Its size is limited: beyond a limit the oldest data is removed. Any
 * thread may use it; locks are held for a few instructions only.
 *
 * <p>Expired data is removed when other data is stored or read; there is no timer.
 */
public final class RecoveryStore {
    /**
     * The limits of a store.
     *
     * @param maxDisconnectionMillis the time that a client may be away
     * @param maxSessions the number of stored sessions
     * @param maxPackets the number of stored packets
     * @param maxBytes the memory of the stored packets, in bytes
     * @param maxReplayBytes the size of the packets that one client may receive when it comes back; a client that
     *     missed more starts a new session
     */
    public record Bounds(
            long maxDisconnectionMillis, int maxSessions, int maxPackets, long maxBytes, long maxReplayBytes) {}

    /**
     * In milliseconds. A packet may have been on the way to a socket that was disconnected at this moment; after this
     * time it is not on the way any more, unless the process was suspended.
     */
    private static final long MARGIN = 1_000;

    private static final int FIRST_CAPACITY = 64;
    private static final int RADIX = 36;

    private record StoredSession(PacketLog log, SavedSession session) {}

    private final Bounds bounds;
    private final LongSupplier clock;
    private final BiConsumer<ReachedLimit, String> reached;

    /**
     * The prefix of every offset. Clients send the last string argument of any event as the offset: the prefix shows
     * that a text is an offset, and that this server wrote it since its start.
     */
    private final String mark = Integer.toString(100_000 + new SecureRandom().nextInt(1_000_000_000), RADIX) + "-";

    /** By private id, in the order of disconnection, except abandoned ones. Guarded by this, as all fields below. */
    private final Map<String, StoredSession> sessions = new LinkedHashMap<>();

    /** The packets by number, each at its number modulo the length, which is a power of two. */
    private @Nullable Entry[] packets = new Entry[FIRST_CAPACITY];

    private long first;
    private long end;
    private long bytes;

    /** Packets were removed because of a limit, and none because of its age since then. */
    private boolean packetsFull;

    /** As {@link #packetsFull}. */
    private boolean sessionsFull;

    /** The time of the packet that was removed last. */
    private long lastRemoved = Long.MIN_VALUE;

    /**
     * @param clock milliseconds that only move forward
     * @param reached receives a limit of packets and of sessions when data is removed because of it, with the effect; once
     *     until data expires again before it is removed. Any thread
     */
    public RecoveryStore(Bounds bounds, LongSupplier clock, BiConsumer<ReachedLimit, String> reached) {
        this.reached = reached;
        this.bounds = bounds;
        this.clock = clock;
    }

    /** Returns the limits. */
    public Bounds bounds() {
        return bounds;
    }

    /** Returns the number of stored packets, expired ones included. */
    public synchronized int packets() {
        return (int) (end - first);
    }

    /** Returns the memory of the stored packets, in bytes. */
    public synchronized long bytes() {
        return bytes;
    }

    /** Returns the number of stored sessions, expired ones included. */
    public synchronized int sessions() {
        return sessions.size();
    }

    /**
     * Returns whether a packet is stored. Calls are not, because their timeout is over when the client comes back
     * (socket.io-adapter 2.5 does not store them either); volatile packets are not.
     */
    static boolean keeps(Packet packet, BroadcastOptions options) {
        return !options.isVolatile()
                && (packet instanceof Packet.Event event
                        ? event.ackId() == Packet.NO_ACK
                        : packet instanceof Packet.Message);
    }

    /** Stores a packet; returns it with its offset. */
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
            packetsFull = isOld(now, packet(first).time) ? false : reportPackets();
            removeFirst();
        }
        return marked;
    }

    /** Stores a session. */
    synchronized void keep(PacketLog log, SavedSession session) {
        long now = clock.getAsLong();
        sessions.put(session.pid(), new StoredSession(log, session));
        while (!sessions.isEmpty()) {
            SavedSession oldest = sessions.values().iterator().next().session();
            if (sessions.size() <= bounds.maxSessions() && !isOld(now, oldest.since())) {
                return;
            }
            sessionsFull = isOld(now, oldest.since()) ? false : reportSessions();
            sessions.remove(oldest.pid());
        }
    }

    private boolean reportPackets() {
        if (!packetsFull) {
            ReachedLimit limit = end - first > bounds.maxPackets()
                    ? new ReachedLimit("maxPackets", bounds.maxPackets(), end - first)
                    : new ReachedLimit("maxBytes", bounds.maxBytes(), bytes);
            reached.accept(limit, "packets are stored for less than maxDisconnectionDuration");
        }
        return true;
    }

    private boolean reportSessions() {
        if (!sessionsFull) {
            reached.accept(
                    new ReachedLimit("maxSessions", bounds.maxSessions(), sessions.size()),
                    "sessions are stored for less than maxDisconnectionDuration");
        }
        return true;
    }

    /**
     * Removes a session and returns it with the entry before the first packet that it missed; null if it cannot be
     * restored. A session stays if only the offset is wrong, as in socket.io-adapter 2.5: the client may know it better
     * the next time.
     */
    @Nullable
    Missed take(PacketLog log, String pid, String offset) {
        SavedSession session;
        Entry last;
        synchronized (this) {
            StoredSession stored = sessions.get(pid);
            if (stored == null || stored.log != log || isOld(clock.getAsLong(), stored.session.since())) {
                return null;
            }
            session = stored.session;
            last = last(log, session, offset);
            if (last != null) {
                sessions.remove(pid);
            }
        }
        Missed missed = last == null ? null : new Missed(session, last);
        return missed == null || missed.size() > bounds.maxReplayBytes() ? null : missed;
    }

    /**
     * A session with the packets that it missed.
     *
     * @param last the entry before the first missed packet
     */
    record Missed(SavedSession session, Entry last) {
        /** Returns the missed packets, with the packets that were stored after the session was taken. */
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

    /** Stores a session again that was taken. */
    synchronized void putBack(PacketLog log, SavedSession session) {
        sessions.put(session.pid(), new StoredSession(log, session));
    }

    private @Nullable Entry last(PacketLog log, SavedSession session, String offset) {
        long number = number(offset);
        if (number < 0 || number >= end) {
            return null;
        } else if (number >= first) {
            Entry entry = packet(number);
            return entry.log == log ? entry : null;
        }
        // The packet was removed. Nothing is missing nevertheless if it was the last one sent to this socket before it
        // was disconnected, and all packets since then are stored.
        boolean complete = offset.equals(session.lastOffset()) && lastRemoved < session.since() - MARGIN;
        return complete ? log.beginning() : null;
    }

    private long number(String offset) {
        // Each number has one spelling: this server wrote no other.
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

    private void removeFirst() {
        Entry entry = packet(first);
        packets[index(first++)] = null;
        bytes -= entry.size;
        lastRemoved = entry.time;
        entry.log.remove(entry);
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
