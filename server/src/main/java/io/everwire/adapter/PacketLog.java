package io.everwire.adapter;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Packet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The packets of one namespace that disconnected clients may have missed, oldest first. It is a part of {@link
 * RecoveryStore}, which guards it and decides when packets are removed.
 *
 * <p>A linked list in one direction: an object that refers to a packet keeps all later packets reachable, also after
 * they were removed here.
 */
final class PacketLog {
    /** A packet with its receivers; or, without a packet, a placeholder whose successor is the next packet. */
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

        /**
         * Returns whether a socket in {@code rooms} receives it, as in socket.io-adapter 2.5, {@code
         * shouldIncludePacket}.
         */
        boolean isFor(Set<String> rooms) {
            return packet != null
                    && (options.rooms().isEmpty() || rooms.stream().anyMatch(options.rooms()::contains))
                    && rooms.stream().noneMatch(options.except()::contains);
        }
    }

    /**
     * The memory of a packet beside the bytes of the application, in bytes: its objects and its slot in the store.
     * Measured in a heap full of them and rounded up (JDK 25, compressed pointers).
     */
    static final int OVERHEAD = 256;

    private Entry oldest = placeholder();
    private Entry newest = oldest;

    /** Returns the newest entry: its successors are the packets that are added from now on. */
    Entry end() {
        return newest;
    }

    /** Returns a placeholder before the oldest packet. */
    Entry beginning() {
        Entry before = placeholder();
        before.next = oldest;
        return before;
    }

    /** Adds a packet. */
    void add(Entry entry) {
        newest.next = entry;
        newest = entry;
    }

    /** Removes the oldest packet, which is {@code entry}. */
    void remove(Entry entry) {
        if (newest == entry) {
            // A placeholder instead of the packet: else each namespace without new packets would keep one in memory.
            add(placeholder());
        }
        oldest = entry.next == null ? newest : entry.next;
    }

    private Entry placeholder() {
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
