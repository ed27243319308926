package io.everwire.clientfiles.gen0;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.ServerOptions;
import io.everwire.testkit.TestServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The builds of the client of Socket.IO 0.6, served as its server did. */
class OldBuildsTest {
    @ParameterizedTest
    @ValueSource(strings = {"0.6", "0.6.1", "0.6.2", "0.6.3"})
    void clientFiles(String build) {
        TestServer old =
                TestServer.create(ServerOptions.builder().clientFiles(build).build());
        for (String path : new String[] {"", build + "/"}) {
            assertThat(old.request("GET", "/socket.io/" + path + "socket.io.js")
                            .send()
                            .response()
                            .text())
                    .contains("version: '" + build + "'");
        }
    }
}
