package io.everwire;

import java.util.List;

/**
 * The trusted proxies in front of the server. From a trusted proxy, the server takes the address of the client and whether the client
 * used TLS: {@link RequestHead#remoteAddress}, {@link RequestHead#secure} and {@link LimitOptions.Builder#maxSessionsPerAddress} use
 * them. Immutable.
 */
public final class ProxyOptions {
    private final List<String> addresses;
    private final boolean forwarded;

    private ProxyOptions(Builder builder) {
        this.addresses = builder.addresses;
        this.forwarded = builder.forwarded;
    }

    /**
     * Returns options that trust these proxies; see {@link Builder#addresses}.
     *
     * @throws IllegalArgumentException if one is neither an address nor a network
     */
    public static ProxyOptions of(String... addresses) {
        return builder().addresses(addresses).build();
    }

    /** Returns a builder that trusts no proxy. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder with these options. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.addresses = addresses;
        builder.forwarded = forwarded;
        return builder;
    }

    /** Returns {@link Builder#addresses}. */
    public List<String> addresses() {
        return addresses;
    }

    /** Returns {@link Builder#forwarded}. */
    public boolean forwarded() {
        return forwarded;
    }

    @Override
    public String toString() {
        return "ProxyOptions[addresses=" + addresses + ", forwarded=" + forwarded + "]";
    }

    /** Builds options. Every method returns this builder. Not thread-safe. */
    public static final class Builder {
        private List<String> addresses = List.of();
        private boolean forwarded;

        private Builder() {}

        /**
         * Sets the addresses and networks of the proxies, such as {@code 127.0.0.1}, {@code ::1} and {@code 10.0.0.0/8}. The server
         * reads {@code X-Forwarded-For} from its end, as long as the entry was written by one of these proxies, and {@code
         * X-Forwarded-Proto}. Pages of the hosts in {@code X-Forwarded-Host} and {@code X-Forwarded-Port} are the server's own. The
         * proxies must append to or replace the first and replace the second: a client could have written a
         * header that they pass on unchanged. Default: none.
         */
        public Builder addresses(String... proxies) {
            addresses = List.of(proxies);
            return this;
        }

        /** Sets whether the proxies write {@code Forwarded} (RFC 7239); the other headers are ignored then. Default false. */
        public Builder forwarded(boolean rfc7239) {
            forwarded = rfc7239;
            return this;
        }

        /**
         * Returns the options.
         *
         * @throws IllegalArgumentException if an entry is neither an address nor a network (names are not resolved), or {@link
         *     #forwarded} is set without proxies
         */
        public ProxyOptions build() {
            if (forwarded && addresses.isEmpty()) {
                throw new IllegalArgumentException("forwarded has no effect: addresses names no proxy");
            }
            ProxyOptions options = new ProxyOptions(this);
            ServerProvider.installed().validate(options);
            return options;
        }
    }
}
