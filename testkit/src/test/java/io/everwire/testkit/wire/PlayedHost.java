package io.everwire.testkit.wire;

import io.everwire.Host;
import io.everwire.engine.Engine;
import io.everwire.testkit.host.HostFeature;
import java.util.Set;

/**
 * A host that plays transcripts.
 *
 * @param start starts the host with an engine and the number of event loops
 * @param loops the number of the host's event loops. With one, a session is called from inside the host's own calls; with two, most
 *     calls change threads
 * @param rounds the number of rounds in which the player waits until the host has completed its work: one if the loops read from the
 *     connections; more if threads of a container do
 * @param missing the features that the host does not have: other outputs then take the place of a drop and of a close without a status
 */
public record PlayedHost(Start start, int loops, int rounds, Set<HostFeature> missing) {

    /** Starts the host under test on a port of 127.0.0.1, with the given number of event loops. */
    @FunctionalInterface
    public interface Start {
        Host start(Engine engine, int loops) throws Exception;
    }

    /** Returns a host that reads on its event loops. */
    public static PlayedHost of(Start start, int loops) {
        return new PlayedHost(start, loops, 1, Set.of());
    }

    Host start(Engine engine) throws Exception {
        return start.start(engine, loops);
    }
}
