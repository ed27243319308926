package io.everwire.conformance.cluster;

import io.everwire.cluster.ClusterOptions;
import io.everwire.conformance.clients.Agent;
import io.everwire.conformance.cluster.ClusterMatrix.Pair;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** A Java server and a server of Socket.IO 2.5 with socket.io-redis 5.4 share one cluster. */
@Tag("once")
class OldNodeClusterTest {
    private static Agent browser;

    @BeforeAll
    static void start() {
        browser = new Agent();
    }

    @AfterAll
    static void stop() throws Exception {
        browser.close();
    }

    @Nested
    class OnOnePattern extends WithOldNode {
        OnOnePattern() {
            super(Pair.OLD, ClusterOptions.DEFAULTS);
        }

        @Override
        Agent browser() {
            return browser;
        }
    }

    @Nested
    class OnExactChannels extends WithOldNode {
        OnExactChannels() {
            super(
                    Pair.OLD_EXACT,
                    ClusterOptions.builder().exactSubscriptions(true).build());
        }

        @Override
        Agent browser() {
            return browser;
        }
    }
}
