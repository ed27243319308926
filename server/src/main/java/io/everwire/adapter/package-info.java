/**
 * The extension point that an adapter of a cluster implements, and the adapter of a single server.
 *
 * <p>Each namespace has one {@link io.everwire.adapter.Adapter}. The adapter stores the rooms of this server's sockets
 * and delivers broadcasts; the namespace owns the sockets and gives them to the adapter as {@link
 * io.everwire.adapter.LocalSockets}. The server calls the adapter for every broadcast, for every change of rooms, and
 * for calls that reach other servers. An adapter of a cluster usually wraps a {@link
 * io.everwire.adapter.MemoryAdapter}: it passes each call on, and publishes it to the other servers unless {@link
 * io.everwire.adapter.BroadcastOptions#local} is set. A message that arrives from another server is passed to the
 * memory adapter alone, which reaches the sockets of this server.
 *
 * <p>The contract that every adapter must fulfil is in the test kit: {@code AdapterContract}.
 */
@NullMarked
package io.everwire.adapter;

import org.jspecify.annotations.NullMarked;
