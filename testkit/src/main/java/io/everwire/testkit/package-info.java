/**
 * Tests without a network, a thread or a wait: a {@link io.everwire.testkit.TestServer} in memory, clients for it, and
 * {@link io.everwire.testkit.VirtualTime}.
 *
 * <p>For handlers: {@link io.everwire.testkit.TestClient}, which needs no wire and speaks of events. For what a host
 * sees: {@link io.everwire.testkit.TestRequest} and {@link io.everwire.testkit.TestWebSocket}, which are bytes only.
 */
@NullMarked
package io.everwire.testkit;

import org.jspecify.annotations.NullMarked;
