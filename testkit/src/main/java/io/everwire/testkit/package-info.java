/**
 * Tests without a network, threads and waiting: a {@link io.everwire.testkit.TestServer} in memory, its clients, and
 * {@link io.everwire.testkit.VirtualTime}.
 *
 * <p>Tests of handlers use {@link io.everwire.testkit.TestClient}, which sends and receives events. Tests of bytes use
 * {@link io.everwire.testkit.TestRequest} and {@link io.everwire.testkit.TestWebSocket}.
 */
@NullMarked
package io.everwire.testkit;

import org.jspecify.annotations.NullMarked;
