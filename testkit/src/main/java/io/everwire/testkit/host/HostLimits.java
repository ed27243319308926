package io.everwire.testkit.host;

/**
 * Bounds that a host under test is started with: small enough to be reached within a test.
 *
 * @param headTimeout how long the head of a request may take, in milliseconds
 * @param bodyTimeout how long a body may take, in milliseconds
 * @param closeTimeout how long closing may take, in milliseconds
 * @param maxFragments how many fragments a message may have
 * @param maxPendingOutput how many bytes may wait for a peer that does not read
 */
public record HostLimits(
        long headTimeout, long bodyTimeout, long closeTimeout, int maxFragments, int maxPendingOutput) {

    /** No deadline is reached by a test that does not want to. */
    static final HostLimits PATIENT = new HostLimits(60_000, 60_000, 5_000, 16, 1024 * 1024);

    /** Every deadline is. */
    static final HostLimits HASTY = new HostLimits(300, 300, 300, 16, 1024 * 1024);
}
