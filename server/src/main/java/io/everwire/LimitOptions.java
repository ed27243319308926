package io.everwire;

import java.time.Duration;

/** Bounds that seldom matter to anybody but an attacker. Immutable, made by a {@link Builder} that checks them. */
public final class LimitOptions {
    /** The defaults. */
    public static final LimitOptions DEFAULTS = builder().build();

    /** In UTF-16 units: what every generation accepts at most. */
    private static final int LONGEST_NAMESPACE = 256;

    /** In bytes: heaps that are small all the same serve some slow clients. */
    private static final long LEAST_TOTAL = 16 * 1024 * 1024;

    private final Builder values;

    private LimitOptions(Builder values) {
        this.values = values;
    }

    /** The defaults, to be changed. */
    public static Builder builder() {
        return new Builder();
    }

    int maxUnconnected() {
        return values.maxUnconnected;
    }

    int maxSessionsPerAddress() {
        return values.maxSessionsPerAddress;
    }

    int maxNamespaceLength() {
        return values.maxNamespaceLength;
    }

    int maxEventNameLength() {
        return values.maxEventNameLength;
    }

    int maxRoomsPerSocket() {
        return values.maxRoomsPerSocket;
    }

    long maxQueuedBytesTotal() {
        return values.maxQueuedBytesTotal;
    }

    int maxRooms() {
        return values.maxRooms;
    }

    int maxInputOfGone() {
        return values.maxInputOfGone;
    }

    Duration attachmentTimeout() {
        return values.attachmentTimeout;
    }

    /** Collects bounds. Every method returns this builder. Not for several threads. */
    public static final class Builder {
        private int maxUnconnected = 50_000;
        private int maxSessionsPerAddress = Integer.MAX_VALUE;
        private int maxNamespaceLength = LONGEST_NAMESPACE;
        private int maxEventNameLength = 1024;
        private int maxRoomsPerSocket = 10_000;
        private int maxRooms = 1_000_000;
        private int maxInputOfGone = 64 * 1024 * 1024;
        private long maxQueuedBytesTotal =
                Math.max(LEAST_TOTAL, Runtime.getRuntime().maxMemory() / 4);
        private Duration attachmentTimeout = Duration.ofSeconds(60);

        private Builder() {}

        /**
         * How many connections there may be that have not joined a namespace yet; more are refused. 1 to 2<sup>31</sup>−1; default
         * 50,000: a crowd that reconnects stays below it, for each joins within a moment.
         */
        public Builder maxUnconnected(int count) {
            maxUnconnected = count;
            return this;
        }

        /**
         * How many connections may come from one address (of IPv6: from one network of 64 bits); more are refused. 1 to
         * 2<sup>31</sup>−1, which is the default: behind a proxy all have one address, unless it is trusted ({@link
         * ServerOptions.Builder#trustedProxies}).
         */
        public Builder maxSessionsPerAddress(int count) {
            maxSessionsPerAddress = count;
            return this;
        }

        /**
         * How long the name of a namespace may be that a client asks for, in UTF-16 units; who asks for a longer one is closed. 1
         * to 256; default 256: names are kept and logged.
         */
        public Builder maxNamespaceLength(int length) {
            maxNamespaceLength = length;
            return this;
        }

        /**
         * How long the name of an event may be, in bytes of its JSON; who sends a longer one is closed. 1 to 2<sup>30</sup>;
         * default 1024: names are looked up, and end in metrics.
         */
        public Builder maxEventNameLength(int bytes) {
            maxEventNameLength = bytes;
            return this;
        }

        /**
         * How many rooms one socket may be in; {@link Socket#join} throws beyond it. 1 to 2<sup>31</sup>−1; default 10,000: the
         * names of rooms often come from clients.
         */
        public Builder maxRoomsPerSocket(int count) {
            maxRoomsPerSocket = count;
            return this;
        }

        /**
         * How much may wait to be read by all clients together, in bytes. Beyond it those for whom most waits are closed, until an
         * eighth is free; events that may be dropped ({@link Overflow#DROP}) are dropped from three quarters on, for clients that
         * take nothing at the moment. A large packet that many are sent is counted once. 1 to 2<sup>50</sup>; default a quarter of
         * the largest heap, but not less than 16 MiB: crowds that read slowly must not take the memory of everything else.
         */
        public Builder maxQueuedBytesTotal(long bytes) {
            maxQueuedBytesTotal = bytes;
            return this;
        }

        /**
         * How many rooms there may be on the whole server, besides those that each socket has to itself; {@link Socket#join} throws
         * beyond it, unless the room is there already. Between threads it is approximate: a few more may slip in at one moment.
         * 1 to 2<sup>31</sup>−1; default 1,000,000: some 300 MB, which clients that choose names of rooms must not exceed.
         */
        public Builder maxRooms(int count) {
            maxRooms = count;
            return this;
        }

        /**
         * How much of what clients sent before they went may wait for handlers, in bytes, of all such clients together: it is
         * handled after they have gone. Of a client that goes when there is no room for it, what waits is dropped. 0 to
         * 2<sup>30</sup>; default 64 MiB: sixty clients that were each as far ahead of their handlers as {@code maxPendingInput}
         * lets them be.
         */
        public Builder maxInputOfGone(int bytes) {
            maxInputOfGone = bytes;
            return this;
        }

        /**
         * How long the attachments of a packet may take to arrive; then the client is closed. 1 ms to 1 day; default 60 s: enough
         * for a message of the usual limit on a slow line, and what arrived is kept meanwhile.
         */
        public Builder attachmentTimeout(Duration timeout) {
            attachmentTimeout = timeout;
            return this;
        }

        /**
         * The bounds collected.
         *
         * @throws IllegalArgumentException if a value is out of its range; names the option, the value and the range
         */
        public LimitOptions build() {
            Preconditions.range("maxUnconnected", maxUnconnected, 1, Integer.MAX_VALUE);
            Preconditions.range("maxSessionsPerAddress", maxSessionsPerAddress, 1, Integer.MAX_VALUE);
            Preconditions.range("maxNamespaceLength", maxNamespaceLength, 1, LONGEST_NAMESPACE);
            Preconditions.range("maxEventNameLength", maxEventNameLength, 1, 1 << 30);
            Preconditions.range("maxRoomsPerSocket", maxRoomsPerSocket, 1, Integer.MAX_VALUE);
            Preconditions.range("maxQueuedBytesTotal", maxQueuedBytesTotal, 1, 1L << 50);
            Preconditions.range("maxRooms", maxRooms, 1, Integer.MAX_VALUE);
            Preconditions.range("maxInputOfGone", maxInputOfGone, 0, 1 << 30);
            Preconditions.time("attachmentTimeout", attachmentTimeout);
            Builder copy = new Builder();
            copy.maxUnconnected = maxUnconnected;
            copy.maxSessionsPerAddress = maxSessionsPerAddress;
            copy.maxNamespaceLength = maxNamespaceLength;
            copy.maxEventNameLength = maxEventNameLength;
            copy.maxRoomsPerSocket = maxRoomsPerSocket;
            copy.maxQueuedBytesTotal = maxQueuedBytesTotal;
            copy.maxRooms = maxRooms;
            copy.maxInputOfGone = maxInputOfGone;
            copy.attachmentTimeout = attachmentTimeout;
            return new LimitOptions(copy);
        }
    }
}
