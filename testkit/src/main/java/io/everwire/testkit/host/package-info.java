/**
 * The contract that every host must fulfil, as tests: {@link io.everwire.testkit.host.HostContract}, run against real
 * sockets. The engine behind the host serves its own generation, the echo generation, so that the contract does not
 * depend on the generations of clients.
 */
@NullMarked
package io.everwire.testkit.host;

import org.jspecify.annotations.NullMarked;
