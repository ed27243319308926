/**
 * The Netty host. {@link io.everwire.netty.NettyServer} owns a port; {@link io.everwire.netty.SocketIoHandler} is
 * added to a pipeline that exists already. Both hand requests to the engine and what it does not take to the
 * application.
 *
 * <pre>
 *   before an upgrade:  [FlashPolicyHandler] → [ReadActivityHandler] → HttpServerCodec → SocketIoHandler → the application's handlers
 *   after it:           WebSocketHandler                                        (the application's are bypassed)
 *   or, for a draft:    HixieHandler
 * </pre>
 *
 * <p>All that happens to one connection happens on its event loop. {@link io.everwire.netty.NettyExchange} and
 * {@link io.everwire.netty.NettyLine} may be called from any thread and hop there, which keeps the order of each
 * thread.
 */
@NullMarked
package io.everwire.netty;

import org.jspecify.annotations.NullMarked;
