package io.everwire.protocol;

import java.util.OptionalLong;

/**
 * The settings of one transport, for the generations that time each transport separately. Times are milliseconds; an
 * empty one leaves the generation's default.
 *
 * @param closeTimeout the time that a session without a connection waits for the client to reconnect
 * @param heartbeatInterval the time between a heartbeat's answer and the next heartbeat
 * @param heartbeatTimeout the time in which a heartbeat must be answered
 * @param pollDuration the time that an idle poll is held
 */
public record TransportOptions(
        OptionalLong closeTimeout,
        OptionalLong heartbeatInterval,
        OptionalLong heartbeatTimeout,
        OptionalLong pollDuration) {

    /** Leaves every time to the generation. */
    public static final TransportOptions DEFAULTS = new TransportOptions(
            OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
}
