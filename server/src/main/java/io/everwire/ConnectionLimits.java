package io.everwire;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many connections have not joined anything yet, and how many come from where. Any thread; between threads the bounds are
 * approximate: a few more may slip in at one moment.
 */
final class ConnectionLimits {
    /** Of an IPv6 address: a customer of a provider has at least as many addresses as the rest can tell apart. */
    private static final int NETWORK_BYTES = 8;

    private final LimitOptions limits;
    private final AtomicInteger unconnected = new AtomicInteger();
    private final OrphanedInputLimit leftovers;
    private final Map<ByteBuffer, Integer> byNetwork = new ConcurrentHashMap<>();

    ConnectionLimits(LimitOptions limits) {
        this.limits = limits;
        this.leftovers = new OrphanedInputLimit(limits.maxInputOfGone());
    }

    /** What those that have gone left behind. */
    OrphanedInputLimit leftovers() {
        return leftovers;
    }

    /** Whether one more may come. */
    boolean hasRoom(InetSocketAddress from) {
        return unconnected.get() < limits.maxUnconnected()
                && (!countsNetworks() || byNetwork.getOrDefault(network(from), 0) < limits.maxSessionsPerAddress());
    }

    /** One came. */
    void opened(InetSocketAddress from) {
        unconnected.incrementAndGet();
        if (countsNetworks()) {
            byNetwork.merge(network(from), 1, Integer::sum);
        }
    }

    /** One has joined its first namespace, or went without. Told once of each. */
    void settled() {
        unconnected.decrementAndGet();
    }

    /** One has gone. */
    void closed(InetSocketAddress from) {
        if (countsNetworks()) {
            byNetwork.computeIfPresent(network(from), (network, count) -> count == 1 ? null : count - 1);
        }
    }

    private boolean countsNetworks() {
        return limits.maxSessionsPerAddress() < Integer.MAX_VALUE;
    }

    /** A host that was not resolved has no address; all of those are one network. */
    private static ByteBuffer network(InetSocketAddress from) {
        InetAddress address = from.getAddress();
        byte[] bytes = address == null ? new byte[0] : address.getAddress();
        return ByteBuffer.wrap(address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
    }
}
