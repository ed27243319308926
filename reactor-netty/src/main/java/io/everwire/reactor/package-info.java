/**
 * Adds the server to the HTTP server of Reactor Netty: {@link io.everwire.reactor.ReactorNetty}.
 *
 * <pre>
 *   HTTP/1.1:                HttpServerCodec → ConnectionGuard → SocketIoHandler → handlers of Reactor Netty
 *   TLS with ALPN:           SslHandler → H2OrHttp11Codec → AlpnHandler, which adds the two handlers after the handshake
 *   each stream of HTTP/2:   Http2StreamFrameToHttpObjectCodec → SocketIoHandler → handlers of Reactor Netty
 * </pre>
 */
@NullMarked
package io.everwire.reactor;

import org.jspecify.annotations.NullMarked;
