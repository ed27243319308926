/**
 * The API of the Socket.IO server: {@link io.everwire.SocketIoServer}, its namespaces, and the sockets that connect to them.
 *
 * <p>Names are those of the Socket.IO documentation. Every method may be called on any thread, unless its type says otherwise. Handlers
 * of one socket run one at a time, in order; {@link io.everwire.HandlerMode} says on which thread. Interfaces are implemented by
 * Everwire; later releases may add methods to them. Applications may mock and proxy them.
 */
@NullMarked
package io.everwire;

import org.jspecify.annotations.NullMarked;
