/**
 * Leads a client from its CONNECT packet to a joined socket: limits of connections and rooms, middleware, dynamic namespaces, the
 * lifecycle of a socket, and its recovery.
 */
@NullMarked
package io.everwire.core.connect;

import org.jspecify.annotations.NullMarked;
