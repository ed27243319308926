package io.everwire.testkit.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.testkit.TestServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** New clients of a server that closes in portions. */
class DrainTest {
    private final TestServer test = TestServer.create();

    @Test
    void newClientsAreRejected() {
        test.connect();
        test.server().closeAsync(Duration.ofMinutes(1));

        assertThat(test.request("GET", "/socket.io/?EIO=4&transport=polling")
                        .send()
                        .response()
                        .status())
                .isEqualTo(503);
    }
}
