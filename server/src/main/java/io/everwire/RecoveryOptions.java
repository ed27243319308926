package io.everwire;

import java.time.Duration;

/**
 * Options of connection state recovery; see {@link ServerOptions.Builder#connectionStateRecovery}. The limits hold for the whole
 * server: beyond them the oldest data is removed, and a client that needs it starts a new session. Immutable.
 */
public final class RecoveryOptions {
    private final Builder values;

    private RecoveryOptions(Builder values) {
        this.values = values.copy();
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder with these options. */
    public Builder toBuilder() {
        return values.copy();
    }

    /** Returns {@link Builder#maxDisconnectionDuration}. */
    public Duration maxDisconnectionDuration() {
        return values.maxDisconnectionDuration;
    }

    /** Returns {@link Builder#skipMiddlewares}. */
    public boolean skipMiddlewares() {
        return values.skipMiddlewares;
    }

    /** Returns {@link Builder#maxSessions}. */
    public int maxSessions() {
        return values.maxSessions;
    }

    /** Returns {@link Builder#maxPackets}. */
    public int maxPackets() {
        return values.maxPackets;
    }

    /** Returns {@link Builder#maxBytes}. */
    public long maxBytes() {
        return values.maxBytes;
    }

    @Override
    public String toString() {
        return "RecoveryOptions[maxDisconnectionDuration=" + values.maxDisconnectionDuration + ", skipMiddlewares="
                + values.skipMiddlewares + ", maxSessions=" + values.maxSessions + ", maxPackets=" + values.maxPackets
                + ", maxBytes=" + values.maxBytes + "]";
    }

    /**
     * Builds options. Every method returns this builder and throws {@link IllegalArgumentException} if a value is out of range. Not
     * thread-safe.
     */
    public static final class Builder {
        private Duration maxDisconnectionDuration = Duration.ofMinutes(2);
        private boolean skipMiddlewares = true;
        private int maxSessions = 50_000;
        private int maxPackets = 100_000;
        private long maxBytes = 64L * 1024 * 1024;

        private Builder() {}

        private Builder copy() {
            Builder copy = new Builder();
            copy.maxDisconnectionDuration = maxDisconnectionDuration;
            copy.skipMiddlewares = skipMiddlewares;
            copy.maxSessions = maxSessions;
            copy.maxPackets = maxPackets;
            copy.maxBytes = maxBytes;
            return copy;
        }

        /**
         * Sets how long a client may be away, counted from when the server noticed. Packets are kept as long. 1 ms to 1 day; default 2
         * minutes, as the Node server: enough for a tunnel or a change of networks.
         */
        public Builder maxDisconnectionDuration(Duration duration) {
            maxDisconnectionDuration = Preconditions.time("maxDisconnectionDuration", duration);
            return this;
        }

        /**
         * Sets whether a recovered socket skips the middleware of its namespace. Default true, as the Node server: the client passed
         * it before and presents a secret id. With false, the middleware sees the socket with its rooms and attributes and may refuse
         * it; the missed packets are sent after that.
         */
        public Builder skipMiddlewares(boolean skip) {
            skipMiddlewares = skip;
            return this;
        }

        /** Sets the number of disconnected clients to keep data for. 1 to 10,000,000; default 50,000. */
        public Builder maxSessions(int count) {
            maxSessions = Preconditions.range("maxSessions", count, 1, 10_000_000);
            return this;
        }

        /** Sets the number of packets to keep. 1 to 10,000,000; default 100,000: two minutes of about 800 broadcasts a second. */
        public Builder maxPackets(int count) {
            maxPackets = Preconditions.range("maxPackets", count, 1, 10_000_000);
            return this;
        }

        /**
         * Sets the memory of the kept packets, in bytes, 256 for each packet beside its content included. 1 to 2<sup>40</sup>; default
         * 64 MiB.
         */
        public Builder maxBytes(long bytes) {
            maxBytes = Preconditions.range("maxBytes", bytes, 1, 1L << 40);
            return this;
        }

        /** Returns the options. */
        public RecoveryOptions build() {
            return new RecoveryOptions(this);
        }
    }
}
