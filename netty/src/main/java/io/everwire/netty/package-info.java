/**
 * The Netty host. {@link io.everwire.netty.NettyHost} has the settings of a port, {@link io.everwire.netty.NettyServer}
 * is an open one; {@link io.everwire.netty.SocketIoHandler} is added to an existing pipeline. Both pass requests to the
 * engine, and requests that the engine does not take to routes and files, and to the application.
 *
 * <pre>
 *   before an upgrade:  [FlashPolicyHandler] → [ReadActivityHandler] → HttpServerCodec → SocketIoHandler
 *                       → [RoutesHandler] → [others]
 *   after it:           WebSocketHandler                             (others, the application's, are bypassed)
 *   or, for hixie:      HixieHandler
 * </pre>
 *
 * <p>A request passes {@code HttpConnection}, which gives it to the engine as a {@code NettyExchange}, or to the
 * application. {@code WebSocketHandshaker} turns a connection into a WebSocket, the engine's {@code NettyLine}: its
 * {@code FrameEncoder} writes messages to its {@code WebSocketWriter}, which the {@code NettyEventLoop} flushes.
 *
 * <p>Everything that happens to one connection happens on its event loop. {@code NettyExchange} and {@code NettyLine}
 * may be called from any thread and continue on the event loop, which keeps the order of each thread.
 */
@NullMarked
package io.everwire.netty;

import org.jspecify.annotations.NullMarked;
