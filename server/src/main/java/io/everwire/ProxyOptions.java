package io.everwire;

import io.everwire.engine.TrustedProxies;
import java.util.List;

/**
 * The proxies whose word is taken for whom a request comes from: what {@link Handshake#address} and {@link Handshake#secure} tell, and
 * whom {@link LimitOptions.Builder#maxSessionsPerAddress} counts. Immutable.
 */
public final class ProxyOptions {
    private final TrustedProxies proxies;

    private ProxyOptions(TrustedProxies proxies) {
        this.proxies = proxies;
    }

    /**
     * The proxies of these addresses and networks, such as {@code 127.0.0.1}, {@code ::1} and {@code 10.0.0.0/8}. What they write
     * is read in {@code X-Forwarded-For}, from its end and as long as it was written by one of them, and in {@code
     * X-Forwarded-Proto}. They must add to the one, or replace it, and replace the other: what they pass on unchanged anybody may
     * have written.
     *
     * @throws IllegalArgumentException if one is neither an address nor a network; names are not looked up
     */
    public static ProxyOptions of(String... addresses) {
        return new ProxyOptions(TrustedProxies.of(List.of(addresses)));
    }

    /** They write {@code Forwarded} (RFC 7239), and the other headers mean nothing. */
    public ProxyOptions forwarded() {
        return new ProxyOptions(proxies.forwarded());
    }

    TrustedProxies proxies() {
        return proxies;
    }
}
