package io.everwire.testkit.host;

/**
 * The limits of a host under test: small enough to be reached within a test.
 *
 * @param headTimeout the time for the head of a request, in milliseconds
 * @param bodyTimeout the time for a body, in milliseconds
 * @param closeTimeout the time for closing, in milliseconds
 * @param maxFragments the number of fragments of a message
 */
public record HostLimits(long headTimeout, long bodyTimeout, long closeTimeout, int maxFragments) {

    /** Timeouts that no test reaches by accident. */
    static final HostLimits LONG_TIMEOUTS = new HostLimits(60_000, 60_000, 5_000, 16);

    /** Timeouts that a test reaches soon, and an honest peer of a busy machine does not reach. */
    static final HostLimits SHORT_TIMEOUTS = new HostLimits(1_000, 1_000, 1_000, 16);

    /** A timeout for bodies that a test reaches soon; no peer reaches the others. */
    static final HostLimits SHORT_BODY_TIMEOUT = new HostLimits(60_000, 1_000, 5_000, 16);

    /** A close timeout that a test reaches soon; no peer reaches the others. */
    static final HostLimits SHORT_CLOSE_TIMEOUT = new HostLimits(60_000, 60_000, 300, 16);
}
