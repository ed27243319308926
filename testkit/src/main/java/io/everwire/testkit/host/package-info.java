/**
 * What every host must do: {@link io.everwire.testkit.host.HostContract}, run against real sockets. The session
 * behind the host speaks a wire of its own, the echo room, so that the contract holds whatever generations there are.
 */
@NullMarked
package io.everwire.testkit.host;

import org.jspecify.annotations.NullMarked;
