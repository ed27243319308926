package io.everwire.protocol;

import java.util.OptionalLong;

/**
 * Settings of one transport, for the generations that time each transport by itself. Times are milliseconds; an empty one
 * leaves the generation's own default.
 *
 * @param closeTimeout how long a session stays after its connection went, waiting for the client to come back
 * @param heartbeatInterval between a heartbeat's answer and the next heartbeat
 * @param heartbeatTimeout how long a heartbeat may stay unanswered
 * @param pollDuration how long a poll is held when there is nothing to say
 */
public record TransportOptions(
        OptionalLong closeTimeout,
        OptionalLong heartbeatInterval,
        OptionalLong heartbeatTimeout,
        OptionalLong pollDuration) {

    /** Leaves everything to the generation. */
    public static final TransportOptions DEFAULTS = new TransportOptions(
            OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
}
