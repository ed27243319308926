package io.everwire.testkit.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.testkit.TestServer;
import io.everwire.testkit.TestWebSocket;
import io.everwire.testkit.UnusedTimeoutContract;

/** {@code unusedTimeout} with clients 3.x and 4.x. */
class UnusedTimeoutTest extends UnusedTimeoutContract {
    @Override
    protected String open(TestServer server) {
        String body = server.request("GET", "/socket.io/?EIO=4&transport=polling")
                .send()
                .response()
                .text();
        return body.replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
    }

    @Override
    protected void poll(TestServer server, String sid) {
        assertThat(server.request("GET", "/socket.io/?EIO=4&transport=polling&sid=" + sid)
                        .send()
                        .pending())
                .isTrue();
    }

    @Override
    protected void post(TestServer server, String sid) {
        int status = server.request("POST", "/socket.io/?EIO=4&transport=polling&sid=" + sid)
                .body("40")
                .send()
                .response()
                .status();
        assertThat(status).isEqualTo(200);
    }

    @Override
    protected TestWebSocket listen(TestServer server) {
        return server.webSocket("/socket.io/?EIO=4&transport=websocket");
    }
}
