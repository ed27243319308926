package io.everwire;

import java.time.Duration;

/** Limits that protect the server against attackers and seldom concern anybody else; see {@link ServerOptions.Builder#limits}. Immutable. */
public final class LimitOptions {
    /** The defaults. */
    public static final LimitOptions DEFAULTS = builder().build();

    private final Builder values;

    private LimitOptions(Builder values) {
        this.values = values.copy();
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder with these limits. */
    public Builder toBuilder() {
        return values.copy();
    }

    /** Returns {@link Builder#maxUnconnected}. */
    public int maxUnconnected() {
        return values.maxUnconnected;
    }

    /** Returns {@link Builder#maxSessionsPerAddress}. */
    public int maxSessionsPerAddress() {
        return values.maxSessionsPerAddress;
    }

    /** Returns {@link Builder#maxNamespaceLength}. */
    public int maxNamespaceLength() {
        return values.maxNamespaceLength;
    }

    /** Returns {@link Builder#maxEventNameLength}. */
    public int maxEventNameLength() {
        return values.maxEventNameLength;
    }

    /** Returns {@link Builder#maxArguments}. */
    public int maxArguments() {
        return values.maxArguments;
    }

    /** Returns {@link Builder#maxRoomsPerSocket}. */
    public int maxRoomsPerSocket() {
        return values.maxRoomsPerSocket;
    }

    /** Returns {@link Builder#maxRooms}. */
    public int maxRooms() {
        return values.maxRooms;
    }

    /** Returns {@link Builder#maxRoomNameLength}. */
    public int maxRoomNameLength() {
        return values.maxRoomNameLength;
    }

    /** Returns {@link Builder#maxRoomTasks}. */
    public int maxRoomTasks() {
        return values.maxRoomTasks;
    }

    /** Returns {@link Builder#maxRoomTasksTotal}. */
    public int maxRoomTasksTotal() {
        return values.maxRoomTasksTotal;
    }

    /** Returns {@link Builder#maxVolatileKeys}. */
    public int maxVolatileKeys() {
        return values.maxVolatileKeys;
    }

    /** Returns {@link Builder#maxAuthBytes}. */
    public int maxAuthBytes() {
        return values.maxAuthBytes;
    }

    /** Returns {@link Builder#maxInputBytesTotal}. */
    public long maxInputBytesTotal() {
        return values.maxInputBytesTotal;
    }

    /** Returns {@link Builder#maxSessionBytesTotal}. */
    public long maxSessionBytesTotal() {
        return values.maxSessionBytesTotal;
    }

    /** Returns {@link Builder#maxQueuedBytesTotal}. */
    public long maxQueuedBytesTotal() {
        return values.maxQueuedBytesTotal;
    }

    /** Returns {@link Builder#attachmentTimeout}. */
    public Duration attachmentTimeout() {
        return values.attachmentTimeout;
    }

    /** Returns {@link Builder#unusedTimeout}. */
    public Duration unusedTimeout() {
        return values.unusedTimeout;
    }

    @Override
    public String toString() {
        return "LimitOptions[maxUnconnected=" + values.maxUnconnected + ", maxSessionsPerAddress="
                + values.maxSessionsPerAddress + ", maxNamespaceLength=" + values.maxNamespaceLength
                + ", maxEventNameLength=" + values.maxEventNameLength + ", maxArguments=" + values.maxArguments
                + ", maxRoomsPerSocket="
                + values.maxRoomsPerSocket + ", maxRooms=" + values.maxRooms + ", maxRoomNameLength="
                + values.maxRoomNameLength + ", maxRoomTasks=" + values.maxRoomTasks
                + ", maxRoomTasksTotal=" + values.maxRoomTasksTotal
                + ", maxVolatileKeys=" + values.maxVolatileKeys + ", maxAuthBytes=" + values.maxAuthBytes
                + ", maxInputBytesTotal="
                + values.maxInputBytesTotal + ", maxSessionBytesTotal=" + values.maxSessionBytesTotal
                + ", maxQueuedBytesTotal=" + values.maxQueuedBytesTotal
                + ", attachmentTimeout=" + values.attachmentTimeout + ", unusedTimeout=" + values.unusedTimeout + "]";
    }

    /**
     * Builds limits. Every method returns this builder and throws {@link IllegalArgumentException} if a value is out of range. Not
     * thread-safe.
     */
    public static final class Builder {
        /** In UTF-16 units. */
        private static final int LONGEST_NAMESPACE = 65_536;

        /** In bytes: also a small heap can serve some slow clients. */
        private static final long LEAST_TOTAL = 16 * 1024 * 1024;

        /** In bytes: also a small heap can receive some messages of the largest size. */
        private static final long LEAST_INPUT = 8 * 1024 * 1024;

        private int maxUnconnected = 50_000;
        private int maxSessionsPerAddress = Integer.MAX_VALUE;
        private int maxNamespaceLength = 1024;
        private int maxEventNameLength = 1024;
        private int maxArguments = 10_000;
        private int maxRoomsPerSocket = 10_000;
        private int maxRooms = 1_000_000;
        private int maxRoomNameLength = 1024;
        private int maxRoomTasks = 10_000;
        private int maxRoomTasksTotal = 100_000;
        private int maxVolatileKeys = 1_000;
        private int maxAuthBytes = 64 * 1024;
        private long maxInputBytesTotal =
                Math.max(LEAST_INPUT, Runtime.getRuntime().maxMemory() / 8);
        private long maxSessionBytesTotal =
                Math.max(LEAST_TOTAL, Runtime.getRuntime().maxMemory() / 4);
        private long maxQueuedBytesTotal =
                Math.max(LEAST_TOTAL, Runtime.getRuntime().maxMemory() / 4);
        private Duration attachmentTimeout = Duration.ofSeconds(60);
        private Duration unusedTimeout = Duration.ofSeconds(20);

        private Builder() {}

        private Builder copy() {
            Builder copy = new Builder();
            copy.maxUnconnected = maxUnconnected;
            copy.maxSessionsPerAddress = maxSessionsPerAddress;
            copy.maxNamespaceLength = maxNamespaceLength;
            copy.maxEventNameLength = maxEventNameLength;
            copy.maxArguments = maxArguments;
            copy.maxRoomsPerSocket = maxRoomsPerSocket;
            copy.maxRooms = maxRooms;
            copy.maxRoomNameLength = maxRoomNameLength;
            copy.maxRoomTasks = maxRoomTasks;
            copy.maxRoomTasksTotal = maxRoomTasksTotal;
            copy.maxVolatileKeys = maxVolatileKeys;
            copy.maxAuthBytes = maxAuthBytes;
            copy.maxInputBytesTotal = maxInputBytesTotal;
            copy.maxSessionBytesTotal = maxSessionBytesTotal;
            copy.maxQueuedBytesTotal = maxQueuedBytesTotal;
            copy.attachmentTimeout = attachmentTimeout;
            copy.unusedTimeout = unusedTimeout;
            return copy;
        }

        /**
         * Sets the number of connections that have not joined a namespace yet; more are rejected. If half of them have sent only one
         * request, the oldest of those are closed. 1 to 2<sup>31</sup>−1; default 50,000: many clients that reconnect at once stay
         * below it, because each joins within a moment.
         */
        public Builder maxUnconnected(int count) {
            maxUnconnected = Preconditions.range("maxUnconnected", count, 1, Integer.MAX_VALUE);
            return this;
        }

        /**
         * Sets the number of connections from one address (IPv6: from one network of 64 bits); more are rejected. 1 to
         * 2<sup>31</sup>−1; default 2<sup>31</sup>−1: behind a proxy all clients have one address, unless the proxy is trusted ({@link
         * ServerOptions.Builder#trustedProxies}).
         */
        public Builder maxSessionsPerAddress(int count) {
            maxSessionsPerAddress = Preconditions.range("maxSessionsPerAddress", count, 1, Integer.MAX_VALUE);
            return this;
        }

        /**
         * Sets the length of the name of a namespace that a client may ask for, in UTF-16 units; a client that asks for a longer one
         * receives a CONNECT_ERROR. 1 to 65,536; default 1024: names are kept and logged.
         */
        public Builder maxNamespaceLength(int length) {
            maxNamespaceLength = Preconditions.range("maxNamespaceLength", length, 1, LONGEST_NAMESPACE);
            return this;
        }

        /**
         * Sets the length of the name of an event, in bytes of its JSON; an event with a longer one is dropped. 1 to
         * 2<sup>30</sup>; default 1024: names are looked up and appear in metrics.
         */
        public Builder maxEventNameLength(int bytes) {
            maxEventNameLength = Preconditions.range("maxEventNameLength", bytes, 1, 1 << 30);
            return this;
        }

        /**
         * Sets the number of arguments of an event or an ack from a client; one with more is dropped. 1 to 2<sup>30</sup>; default
         * 10,000: each argument costs more than its bytes when it is read.
         */
        public Builder maxArguments(int count) {
            maxArguments = Preconditions.range("maxArguments", count, 1, 1 << 30);
            return this;
        }

        /**
         * Sets the number of rooms of one socket; {@link Socket#join(java.util.Collection)} throws beyond it. 1 to 2<sup>31</sup>−1;
         * default 10,000: names of rooms often come from clients.
         */
        public Builder maxRoomsPerSocket(int count) {
            maxRoomsPerSocket = Preconditions.range("maxRoomsPerSocket", count, 1, Integer.MAX_VALUE);
            return this;
        }

        /**
         * Sets the number of rooms of the whole server, without the room of each socket; {@link
         * Socket#join(java.util.Collection)} throws beyond it, unless the room exists. With several threads the limit is approximate:
         * some more may be created at one moment. 1 to 2<sup>31</sup>−1; default 1,000,000: about 300 MB, which clients that choose
         * names of rooms must not exceed.
         */
        public Builder maxRooms(int count) {
            maxRooms = Preconditions.range("maxRooms", count, 1, Integer.MAX_VALUE);
            return this;
        }

        /**
         * Sets the length of the name of a room, in UTF-16 units; {@link Socket#join(java.util.Collection)} throws beyond it. 1 to
         * 2<sup>20</sup>; default 1024: names of rooms often come from clients and are kept.
         */
        public Builder maxRoomNameLength(int length) {
            maxRoomNameLength = Preconditions.range("maxRoomNameLength", length, 1, 1 << 20);
            return this;
        }

        /**
         * Sets the number of tasks of one room ({@link Room#execute}), the running one included; a further one is rejected. 1 to
         * 2<sup>31</sup>&minus;1; default 10,000: a task that blocks must not collect others without end.
         */
        public Builder maxRoomTasks(int count) {
            maxRoomTasks = Preconditions.range("maxRoomTasks", count, 1, Integer.MAX_VALUE);
            return this;
        }

        /**
         * Sets the number of tasks of all rooms of the server together, as {@link #maxRoomTasks}. 1 to 2<sup>31</sup>&minus;1; default
         * 100,000: some 10 MB, and as much as the tasks refer to.
         */
        public Builder maxRoomTasksTotal(int count) {
            maxRoomTasksTotal = Preconditions.range("maxRoomTasksTotal", count, 1, Integer.MAX_VALUE);
            return this;
        }

        /**
         * Sets the number of keys of volatile events that are kept for one client ({@link SocketOperator#asVolatile(String)}); an event
         * with a further key is dropped. 0 to 2<sup>31</sup>&minus;1; default 1,000: the objects of a game that one client sees. 0
         * keeps none.
         */
        public Builder maxVolatileKeys(int count) {
            maxVolatileKeys = Preconditions.range("maxVolatileKeys", count, 0, Integer.MAX_VALUE);
            return this;
        }

        /**
         * Sets the size of the {@code auth} object that a client sends when it joins a namespace, in bytes of JSON; a larger one is
         * rejected with a CONNECT_ERROR packet. A client that has not joined any namespace may send twice as much at one time. 0 to 2<sup>30</sup>; default 64 KiB: it is kept as long as the socket, and a token is
         * seldom larger than a few kilobytes.
         */
        public Builder maxAuthBytes(int bytes) {
            maxAuthBytes = Preconditions.range("maxAuthBytes", bytes, 0, 1 << 30);
            return this;
        }

        /**
         * Sets the memory of the input of all clients together, in bytes: messages and request bodies that have arrived in part,
         * packets that await their attachments, and events that await their handlers, also those of disconnected clients. Beyond it
         * the server closes the clients with the most input, until an eighth is free. 1 to 2<sup>50</sup>; default an eighth of the
         * maximum heap, but at least 8 MiB.
         */
        public Builder maxInputBytesTotal(long bytes) {
            maxInputBytesTotal = Preconditions.range("maxInputBytesTotal", bytes, 1, 1L << 50);
            return this;
        }

        /**
         * Sets the memory that all open sessions keep together, in bytes: about 2 KiB for each, its first request, and the {@code auth}
         * objects of its sockets. Beyond it the server first closes the oldest sessions whose clients sent only one request, then the
         * sessions that keep most, and then rejects new sessions. 1 to 2<sup>50</sup>; default a quarter of the maximum heap, but at
         * least 16 MiB.
         */
        public Builder maxSessionBytesTotal(long bytes) {
            maxSessionBytesTotal = Preconditions.range("maxSessionBytesTotal", bytes, 1, 1L << 50);
            return this;
        }

        /**
         * Sets the bytes queued for all clients together. Beyond it the server evicts the clients with the most queued bytes, until an
         * eighth is free. From three quarters on, events that may be dropped ({@link Overflow#DROP}) are dropped for clients that
         * cannot take data now. A large packet for many clients counts once. 1 to 2<sup>50</sup>; default a quarter of the maximum
         * heap, but at least 16 MiB: many slow readers must not use the memory of everything else.
         */
        public Builder maxQueuedBytesTotal(long bytes) {
            maxQueuedBytesTotal = Preconditions.range("maxQueuedBytesTotal", bytes, 1, 1L << 50);
            return this;
        }

        /**
         * Sets how long the attachments of a packet may take to arrive; after that the client is closed. 1 ms to 1 day; default 60 s:
         * enough for a message of the default size on a slow line, while the parts that arrived are kept in memory.
         */
        public Builder attachmentTimeout(Duration timeout) {
            attachmentTimeout = Preconditions.time("attachmentTimeout", timeout);
            return this;
        }

        /**
         * Sets the time in which a client that opened a connection by HTTP must send a second request; after that the connection is
         * closed, with the reason {@code transport error}. Clients with a WebSocket or a response that is still streamed are never
         * closed for it, nor is a client whose HTTP connection is open or whose request body arrives: then a slow network is the likely
         * cause, and heartbeats decide. 0 disables it, otherwise 1 ms to 1 day; default 20 s, after which an official client gives up connecting: nobody
         * will use such a connection, but it needs memory until its heartbeat is missed.
         */
        public Builder unusedTimeout(Duration timeout) {
            unusedTimeout = Preconditions.timeOrZero("unusedTimeout", timeout);
            return this;
        }

        /** Returns the limits. */
        public LimitOptions build() {
            return new LimitOptions(this);
        }
    }
}
