package io.everwire.testkit.gen0;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.LimitOptions;
import io.everwire.ServerOptions;
import io.everwire.testkit.TestExchange;
import io.everwire.testkit.TestServer;
import io.everwire.testkit.TestWebSocket;
import io.everwire.testkit.UnusedTimeoutContract;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** {@code unusedTimeout} with clients 0.6. */
class UnusedTimeoutTest extends UnusedTimeoutContract {
    @Override
    protected String open(TestServer server) {
        String body = server.request("GET", "/socket.io/xhr-polling//1")
                .send()
                .response()
                .text();
        return body.substring(body.lastIndexOf('~') + 1);
    }

    @Override
    protected void poll(TestServer server, String sid) {
        assertThat(server.request("GET", "/socket.io/xhr-polling/" + sid + "/1")
                        .send()
                        .pending())
                .isTrue();
    }

    @Override
    protected void post(TestServer server, String sid) {
        int status = server.request("POST", "/socket.io/xhr-polling/" + sid + "/send")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .body("data=%7Em%7E5%7Em%7Ehello")
                .send()
                .response()
                .status();
        assertThat(status).isEqualTo(200);
    }

    @Override
    protected TestWebSocket listen(TestServer server) {
        return server.webSocket("/socket.io/websocket");
    }

    /** A stream is the one response to the request that opens its session. */
    @Test
    void aSilentClientWithAStreamIsSpared() {
        TestServer test = TestServer.create(ServerOptions.builder()
                .limits(LimitOptions.builder()
                        .unusedTimeout(Duration.ofSeconds(1))
                        .build())
                .build());
        TestExchange stream = test.request("GET", "/socket.io/xhr-multipart/").send();

        test.advance(Duration.ofSeconds(8));

        assertThat(stream.pending()).isTrue();
        assertThat(test.server().engine().clientsCount()).isEqualTo(1);
    }
}
