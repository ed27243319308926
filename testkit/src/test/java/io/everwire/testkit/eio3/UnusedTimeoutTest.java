package io.everwire.testkit.eio3;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.testkit.TestServer;
import io.everwire.testkit.TestWebSocket;
import io.everwire.testkit.UnusedTimeoutContract;

/** {@code unusedTimeout} with clients 1.x and 2.x, which join the main namespace by themselves. */
class UnusedTimeoutTest extends UnusedTimeoutContract {
    @Override
    protected String open(TestServer server) {
        String body = server.request("GET", "/socket.io/?EIO=3&transport=polling")
                .send()
                .response()
                .text();
        return body.replaceAll("(?s).*\"sid\":\"([^\"]+)\".*", "$1");
    }

    @Override
    protected void poll(TestServer server, String sid) {
        // The first poll receives the greeting.
        assertThat(server.request("GET", "/socket.io/?EIO=3&transport=polling&sid=" + sid)
                        .send()
                        .response()
                        .status())
                .isEqualTo(200);
    }

    @Override
    protected void post(TestServer server, String sid) {
        int status = server.request("POST", "/socket.io/?EIO=3&transport=polling&sid=" + sid)
                .body("1:2")
                .send()
                .response()
                .status();
        assertThat(status).isEqualTo(200);
    }

    @Override
    protected TestWebSocket listen(TestServer server) {
        return server.webSocket("/socket.io/?EIO=3&transport=websocket");
    }
}
