package io.everwire.testkit.gen1;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.testkit.TestServer;
import io.everwire.testkit.TestWebSocket;
import io.everwire.testkit.UnusedTimeoutContract;

/** {@code unusedTimeout} with clients 0.7 to 0.9. */
class UnusedTimeoutTest extends UnusedTimeoutContract {
    @Override
    protected String open(TestServer server) {
        String body = server.request("GET", "/socket.io/1/").send().response().text();
        return body.substring(0, body.indexOf(':'));
    }

    @Override
    protected void poll(TestServer server, String sid) {
        // The first poll receives the greeting.
        assertThat(server.request("GET", "/socket.io/1/xhr-polling/" + sid)
                        .send()
                        .response()
                        .status())
                .isEqualTo(200);
    }

    @Override
    protected void post(TestServer server, String sid) {
        int status = server.request("POST", "/socket.io/1/xhr-polling/" + sid)
                .header("Content-Type", "text/plain;charset=UTF-8")
                .body("3:::hello")
                .send()
                .response()
                .status();
        assertThat(status).isEqualTo(200);
    }

    @Override
    protected TestWebSocket listen(TestServer server) {
        return server.webSocket("/socket.io/1/websocket/" + open(server));
    }
}
