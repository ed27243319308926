package io.everwire;

import io.everwire.protocol.TransportOptions;
import java.time.Duration;
import java.util.OptionalLong;

/** Collects the settings of one transport. Every method returns this object; see {@link ServerOptions.Builder#transport}. */
public final class TransportSettings {
    private OptionalLong closeTimeout = OptionalLong.empty();
    private OptionalLong heartbeatInterval = OptionalLong.empty();
    private OptionalLong heartbeatTimeout = OptionalLong.empty();
    private OptionalLong pollDuration = OptionalLong.empty();

    TransportSettings() {}

    /** How long a client may be away before it is disconnected; what is sent meanwhile is kept for it. 0 to 1 day. */
    public TransportSettings closeTimeout(Duration timeout) {
        if (!timeout.isZero()) {
            Preconditions.time("closeTimeout", timeout);
        }
        closeTimeout = OptionalLong.of(timeout.toMillis());
        return this;
    }

    /** Between the answer to a heartbeat and the next one. 1 ms to 1 day. */
    public TransportSettings heartbeatInterval(Duration interval) {
        Preconditions.time("heartbeatInterval", interval);
        heartbeatInterval = OptionalLong.of(interval.toMillis());
        return this;
    }

    /** How long a heartbeat may stay unanswered. 1 ms to 1 day. */
    public TransportSettings heartbeatTimeout(Duration timeout) {
        Preconditions.time("heartbeatTimeout", timeout);
        heartbeatTimeout = OptionalLong.of(timeout.toMillis());
        return this;
    }

    /** How long a poll is held when there is nothing to say. 1 ms to 1 day. */
    public TransportSettings pollDuration(Duration duration) {
        Preconditions.time("pollDuration", duration);
        pollDuration = OptionalLong.of(duration.toMillis());
        return this;
    }

    TransportOptions build() {
        return new TransportOptions(closeTimeout, heartbeatInterval, heartbeatTimeout, pollDuration);
    }
}
