package io.everwire.spring.boot;

import io.everwire.netty.NettyOptions;

/** Builds the options of the Netty host from the properties. */
final class NettyOptionsFactory {
    private NettyOptionsFactory() {}

    /** @throws SocketIoStartException if a value is out of range */
    static NettyOptions options(NettyProperties properties) {
        try {
            return properties.options();
        } catch (IllegalArgumentException e) {
            throw new SocketIoStartException(
                    "The options of the Netty host are not valid: " + e.getMessage(),
                    "Correct the property below \"everwire.netty\" that sets this option.",
                    e);
        }
    }
}
