package io.everwire.adapter;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Packet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The packets of one namespace that somebody who is away may have missed, oldest first; a part of {@link RecoveryStore}, which
 * guards it and says how long they stay.
 *
 * <p>A chain in one direction: who holds a packet of it holds all that came later, also when they are forgotten here.
 */
final class PacketLog {
    /** A packet and whom it was for; or, without one, the place where the next one will hang. */
    static final class Entry {
        final PacketLog log;
        final long time;
        final @Nullable Packet packet;
        final BroadcastOptions options;
        final int size;
        volatile @Nullable Entry next;

        Entry(PacketLog log, long time, @Nullable Packet packet, BroadcastOptions options) {
            this.log = log;
            this.time = time;
            this.packet = packet;
            this.options = options;
            this.size = packet == null ? 0 : size(packet);
        }

        /** As the reference does it (socket.io-adapter 2.5, shouldIncludePacket). */
        boolean isFor(Set<String> rooms) {
            return packet != null
                    && (options.rooms().isEmpty() || rooms.stream().anyMatch(options.rooms()::contains))
                    && rooms.stream().noneMatch(options.except()::contains);
        }
    }

    /**
     * What a packet occupies beside the bytes of the application: its objects and their place in the memory, rounded up from
     * what a heap of them showed (JDK 25, compressed pointers).
     */
    static final int OVERHEAD = 256;

    private Entry oldest = place();
    private Entry newest = oldest;

    /** The place behind the newest packet. */
    Entry end() {
        return newest;
    }

    /** A place before the oldest packet. */
    Entry beginning() {
        Entry before = place();
        before.next = oldest;
        return before;
    }

    void add(Entry entry) {
        newest.next = entry;
        newest = entry;
    }

    /** Forgets the oldest packet, which is this one. */
    void forget(Entry entry) {
        if (newest == entry) {
            // Not the packet itself: one would be held for each namespace that has fallen silent.
            add(place());
        }
        oldest = entry.next == null ? newest : entry.next;
    }

    private Entry place() {
        return new Entry(this, 0, null, BroadcastOptions.EVERYBODY);
    }

    private static int size(Packet packet) {
        if (packet instanceof Packet.Event event) {
            return size(event.data().json(), event.attachments());
        }
        Packet.Message message = (Packet.Message) packet;
        return size(message.data(), message.attachments());
    }

    private static int size(Bytes json, List<Bytes> attachments) {
        int size = OVERHEAD + json.length();
        for (Bytes attachment : attachments) {
            size += attachment.length();
        }
        return size;
    }
}
