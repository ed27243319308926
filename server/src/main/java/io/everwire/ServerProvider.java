package io.everwire;

import java.util.ServiceLoader;

/**
 * Creates servers. Applications call {@link SocketIoServer#create} instead. The implementation is found by {@link ServiceLoader}, so
 * that the API does not depend on it.
 */
public interface ServerProvider {
    /** Creates a server that is not reachable yet. */
    SocketIoServer create(ServerOptions options);

    /**
     * Checks names and patterns in options against what the implementation knows: transports, parsers and origins.
     *
     * @throws IllegalArgumentException if one is unknown; the message names the option, the value and the known values
     */
    void validate(ServerOptions options);

    /**
     * Checks the addresses of trusted proxies.
     *
     * @throws IllegalArgumentException if one is neither an address nor a network
     */
    void validate(ProxyOptions options);

    /**
     * Returns the installed implementation.
     *
     * @throws IllegalStateException if none is on the class or module path
     */
    static ServerProvider installed() {
        // The loader of this class, not that of the thread: in containers a thread often has another one.
        return ServiceLoader.load(ServerProvider.class, ServerProvider.class.getClassLoader())
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException(
                                "no ServerProvider found: META-INF/services of everwire-server is missing, for example after shading"));
    }
}
