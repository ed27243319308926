package io.everwire.testkit.eio3;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.LimitOptions;
import io.everwire.ServerOptions;
import io.everwire.engine.Engine;
import io.everwire.testkit.TestExchange;
import io.everwire.testkit.TestServer;
import org.junit.jupiter.api.Test;

class MemoryOfSessionsTest {
    /** B2: the requests of sessions are kept, also of clients that join by themselves. */
    @Test
    void sessionsThatKeepMuchGiveWayToOthers() {
        TestServer test = TestServer.create(ServerOptions.builder()
                .limits(LimitOptions.builder().maxSessionBytesTotal(100_000).build())
                .build());
        String old = "/socket.io/?EIO=3&transport=polling&q=";
        TestExchange used = test.request("GET", old).send();
        String path =
                old + "&sid=" + used.response().body().toString().replaceAll("(?s).*\"sid\":\"([^\"]+)\".*", "$1");
        test.request("GET", path).send();

        for (int i = 0; i < 100; i++) {
            assertThat(test.request("GET", old + "x".repeat(10_000))
                            .send()
                            .response()
                            .status())
                    .isEqualTo(200);
        }

        assertThat(test.server().unwrap(Engine.class).size()).isBetween(5, 10);
        assertThat(test.request("POST", path).body("1:2").send().response().status())
                .isEqualTo(200);
    }
}
