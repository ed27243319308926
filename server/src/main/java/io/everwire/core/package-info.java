/**
 * The implementation of the API: the running server, its namespaces, sockets and connections, and the packets that they send.
 *
 * <p>Exported to hosts and the test kit only. {@link io.everwire.core.CoreServer} is the way in.
 */
@NullMarked
package io.everwire.core;

import org.jspecify.annotations.NullMarked;
