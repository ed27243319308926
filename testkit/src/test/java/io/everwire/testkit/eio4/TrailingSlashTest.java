package io.everwire.testkit.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.ServerOptions;
import io.everwire.testkit.TestServer;
import org.junit.jupiter.api.Test;

class TrailingSlashTest {
    private static final String WITHOUT = "/socket.io?EIO=4&transport=polling";
    private static final String WITH = "/socket.io/?EIO=4&transport=polling";

    @Test
    void aPathWithoutItsSlashIsTheApplications() {
        TestServer test = TestServer.create();

        assertThat(test.request("GET", WITHOUT).send().passedOn()).isTrue();
    }

    @Test
    void withoutTheOptionItIsServedEitherWay() {
        TestServer test = TestServer.create(
                ServerOptions.builder().addTrailingSlash(false).build());

        assertThat(test.request("GET", WITHOUT).send().response().status()).isEqualTo(200);
        assertThat(test.request("GET", WITH).send().response().status()).isEqualTo(200);
        assertThat(test.webSocket(WITHOUT.replace("polling", "websocket")).refused())
                .isFalse();
        assertThat(test.request("GET", "/socket.iox?EIO=4&transport=polling")
                        .send()
                        .passedOn())
                .isTrue();
    }
}
