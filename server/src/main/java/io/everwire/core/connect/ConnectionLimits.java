package io.everwire.core.connect;

import io.everwire.LimitOptions;
import io.everwire.protocol.ReachedLimit;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Limits the number of connections that have not joined a namespace, and the number of connections from one address. Any thread; the
 * limits are approximate: some more connections may be opened at one moment.
 */
public final class ConnectionLimits {
    /** The length of the network part of an IPv6 address: a customer of a provider usually has all addresses of one /64. */
    private static final int NETWORK_BYTES = 8;

    private final LimitOptions limits;
    private final AtomicInteger unconnected = new AtomicInteger();
    private final Map<ByteBuffer, Integer> byNetwork = new ConcurrentHashMap<>();

    /** @param limits {@code maxUnconnected} and {@code maxSessionsPerAddress} */
    public ConnectionLimits(LimitOptions limits) {
        this.limits = limits;
    }

    /** Returns the limit that one more connection from this address would pass, or null. */
    public @Nullable ReachedLimit reached(InetSocketAddress address) {
        // The limit of one address comes first: one peer must not seem to fill the server.
        int ofAddress = countsNetworks() ? byNetwork.getOrDefault(network(address), 0) : 0;
        if (ofAddress >= limits.maxSessionsPerAddress()) {
            return new ReachedLimit("maxSessionsPerAddress", limits.maxSessionsPerAddress(), ofAddress + 1);
        }
        int waiting = unconnected.get();
        return waiting < limits.maxUnconnected()
                ? null
                : new ReachedLimit("maxUnconnected", limits.maxUnconnected(), waiting + 1);
    }

    /** Counts a new connection. */
    public void opened(InetSocketAddress address) {
        unconnected.incrementAndGet();
        if (countsNetworks()) {
            byNetwork.merge(network(address), 1, Integer::sum);
        }
    }

    /** Counts a connection that joined its first namespace, or was closed before. Called once for each connection. */
    public void joined() {
        unconnected.decrementAndGet();
    }

    /** Counts a closed connection. */
    public void closed(InetSocketAddress address) {
        if (countsNetworks()) {
            byNetwork.computeIfPresent(network(address), (network, count) -> count == 1 ? null : count - 1);
        }
    }

    private boolean countsNetworks() {
        return limits.maxSessionsPerAddress() < Integer.MAX_VALUE;
    }

    /** Returns the network of an address. A host that was not resolved has no address; all of those count as one network. */
    private static ByteBuffer network(InetSocketAddress from) {
        InetAddress address = from.getAddress();
        byte[] bytes = address == null ? new byte[0] : address.getAddress();
        return ByteBuffer.wrap(address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
    }
}
