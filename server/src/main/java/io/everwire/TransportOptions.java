package io.everwire;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The timings of one transport, for the generations that time each transport by itself (gen0 and gen1); see {@link
 * ServerOptions.Builder#transport}. A timing that is not set keeps the default of the generation. Immutable.
 */
public final class TransportOptions {
    private final Builder values;

    private TransportOptions(Builder values) {
        this.values = values.copy();
    }

    /** Returns a builder without any timing. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder with these timings. */
    public Builder toBuilder() {
        return values.copy();
    }

    /** Returns {@link Builder#closeTimeout}, or null. */
    public @Nullable Duration closeTimeout() {
        return values.closeTimeout;
    }

    /** Returns {@link Builder#heartbeatInterval}, or null. */
    public @Nullable Duration heartbeatInterval() {
        return values.heartbeatInterval;
    }

    /** Returns {@link Builder#heartbeatTimeout}, or null. */
    public @Nullable Duration heartbeatTimeout() {
        return values.heartbeatTimeout;
    }

    /** Returns {@link Builder#pollDuration}, or null. */
    public @Nullable Duration pollDuration() {
        return values.pollDuration;
    }

    @Override
    public String toString() {
        return "TransportOptions[closeTimeout=" + values.closeTimeout + ", heartbeatInterval="
                + values.heartbeatInterval + ", heartbeatTimeout=" + values.heartbeatTimeout + ", pollDuration="
                + values.pollDuration + "]";
    }

    /**
     * Builds options. Every method returns this builder and throws {@link IllegalArgumentException} if a value is out of range. Not
     * thread-safe.
     */
    public static final class Builder {
        private @Nullable Duration closeTimeout;
        private @Nullable Duration heartbeatInterval;
        private @Nullable Duration heartbeatTimeout;
        private @Nullable Duration pollDuration;

        private Builder() {}

        private Builder copy() {
            Builder copy = new Builder();
            copy.closeTimeout = closeTimeout;
            copy.heartbeatInterval = heartbeatInterval;
            copy.heartbeatTimeout = heartbeatTimeout;
            copy.pollDuration = pollDuration;
            return copy;
        }

        /** Sets how long a client may be away before it is disconnected; packets are queued for it meanwhile. 0 to 1 day. */
        public Builder closeTimeout(Duration timeout) {
            closeTimeout = timeout.isZero() ? timeout : Preconditions.time("closeTimeout", timeout);
            return this;
        }

        /** Sets the time from the answer to a heartbeat to the next heartbeat. 1 ms to 1 day. */
        public Builder heartbeatInterval(Duration interval) {
            heartbeatInterval = Preconditions.time("heartbeatInterval", interval);
            return this;
        }

        /** Sets how long a heartbeat may stay without an answer. 1 ms to 1 day. */
        public Builder heartbeatTimeout(Duration timeout) {
            heartbeatTimeout = Preconditions.time("heartbeatTimeout", timeout);
            return this;
        }

        /** Sets how long a poll without data is held. 1 ms to 1 day. */
        public Builder pollDuration(Duration duration) {
            pollDuration = Preconditions.time("pollDuration", duration);
            return this;
        }

        /** Returns the options. */
        public TransportOptions build() {
            return new TransportOptions(this);
        }
    }
}
