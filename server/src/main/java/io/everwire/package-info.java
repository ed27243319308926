/**
 * The Socket.IO server: {@link io.everwire.SocketIoServer}, its namespaces, and the sockets that connect to them.
 *
 * <p>Names are those of the Socket.IO documentation. Any method may be called from any thread. Handlers of one socket run
 * one at a time, in order; on which thread, {@link io.everwire.HandlerMode} says.
 */
@NullMarked
package io.everwire;

import org.jspecify.annotations.NullMarked;
