/**
 * How sockets are found and packets spread: the port that clusters implement, and the memory adapter of a single server.
 *
 * <p>There is one adapter for each namespace. It knows who is in which room; the namespace knows the sockets.
 */
@NullMarked
package io.everwire.adapter;

import org.jspecify.annotations.NullMarked;
