package io.everwire;

import io.everwire.adapter.RecoveryStore;
import java.time.Duration;

/**
 * How clients that were away get back what they had, see {@link ServerOptions.Builder#connectionStateRecovery}: immutable, made
 * by a {@link Builder} that checks them. What is kept is bounded for the whole server; the oldest goes first, and a client that
 * would need it begins anew.
 */
public final class RecoveryOptions {
    private final Builder values;

    private RecoveryOptions(Builder values) {
        this.values = values;
    }

    /** The defaults, to be changed. */
    public static Builder builder() {
        return new Builder();
    }

    /** These options, to be changed. */
    public Builder toBuilder() {
        return values.copy();
    }

    /** See {@link Builder#maxDisconnectionDuration}. */
    public Duration maxDisconnectionDuration() {
        return values.maxDisconnectionDuration;
    }

    /** See {@link Builder#skipMiddlewares}. */
    public boolean skipMiddlewares() {
        return values.skipMiddlewares;
    }

    RecoveryStore.Bounds bounds(int maxReplayBytes) {
        return new RecoveryStore.Bounds(
                values.maxDisconnectionDuration.toMillis(),
                values.maxSessions,
                values.maxPackets,
                values.maxBytes,
                maxReplayBytes);
    }

    /** Collects options. Every method returns this builder. Not for several threads. */
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
         * How long a client may be away, counted from when the server noticed; packets are kept as long. 1 ms to 1 day; default 2
         * minutes, as the Node server: a tunnel or a change of networks, not a night.
         */
        public Builder maxDisconnectionDuration(Duration duration) {
            this.maxDisconnectionDuration = duration;
            return this;
        }

        /**
         * Whether a client that came back passes the middleware of its namespace unasked. Default true, as the Node server: it
         * passed before, and proves with a secret that it is the same. With false, middleware sees it with its rooms and data,
         * and may refuse it; nothing that it missed is sent before.
         */
        public Builder skipMiddlewares(boolean skip) {
            this.skipMiddlewares = skip;
            return this;
        }

        /** Of how many clients that are away something is kept. 1 to 10,000,000; default 50,000. */
        public Builder maxSessions(int count) {
            this.maxSessions = count;
            return this;
        }

        /** How many packets are kept. 1 to 10,000,000; default 100,000: two minutes of some 800 broadcasts a second. */
        public Builder maxPackets(int count) {
            this.maxPackets = count;
            return this;
        }

        /**
         * How much memory the packets that are kept may occupy, in bytes, 256 for each beside its content included. 1 to
         * 2<sup>40</sup>; default 64 MiB.
         */
        public Builder maxBytes(long bytes) {
            this.maxBytes = bytes;
            return this;
        }

        /**
         * The options collected.
         *
         * @throws IllegalArgumentException if a value is out of its range; names the option, the value and the range
         */
        public RecoveryOptions build() {
            Preconditions.time("maxDisconnectionDuration", maxDisconnectionDuration);
            Preconditions.range("maxSessions", maxSessions, 1, 10_000_000);
            Preconditions.range("maxPackets", maxPackets, 1, 10_000_000);
            Preconditions.range("maxBytes", maxBytes, 1, 1L << 40);
            return new RecoveryOptions(copy());
        }
    }
}
