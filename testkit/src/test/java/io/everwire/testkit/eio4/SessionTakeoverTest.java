package io.everwire.testkit.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.RecoveryOptions;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.testkit.TestExchange;
import io.everwire.testkit.TestServer;
import io.everwire.testkit.TestWebSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attempts to use the session or the saved state of another client. */
class SessionTakeoverTest {
    private final TestServer test = TestServer.create(ServerOptions.builder()
            .connectionStateRecovery(RecoveryOptions.builder().build())
            .build());
    private final List<Object> handled = new ArrayList<>();

    SessionTakeoverTest() {
        test.server().on("e", String.class, (socket, text) -> handled.add(text));
    }

    @Test
    @DisplayName("the id that applications see opens no session")
    void publicId() {
        PollingClient victim = PollingClient.join(test);
        Socket socket = test.server().sockets().values().iterator().next();

        TestExchange get = test.request("GET", PollingClient.POLLING + "&sid=" + socket.id())
                .send();
        TestWebSocket line = test.webSocket(PollingClient.WEBSOCKET + "&sid=" + socket.id());

        assertThat(get.response().status()).isEqualTo(400);
        assertThat(line.refused() || line.closed()).isTrue();
        lives(victim);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Cookie: io=%s", "Cookie: sid=%s; io=%s", "sid: %s", "X-Sid: %s", "Authorization: Bearer %s"})
    @DisplayName("an id in a header is not an id: the request opens another session")
    void header(String header) {
        PollingClient victim = PollingClient.join(test);
        String name = header.substring(0, header.indexOf(':'));
        String value = header.substring(header.indexOf(':') + 2).replace("%s", victim.sid());

        TestExchange get =
                test.request("GET", PollingClient.POLLING).header(name, value).send();
        TestExchange post = test.request("POST", PollingClient.POLLING)
                .header(name, value)
                .body("42[\"e\",\"forged\"]")
                .send();
        TestWebSocket line =
                test.request("GET", PollingClient.WEBSOCKET).header(name, value).webSocket();
        line.send("42[\"e\",\"forged\"]");

        assertThat(PollingClient.text(get)).startsWith("0{").doesNotContain(victim.sid());
        assertThat(post.response().status()).isEqualTo(400);
        assertThat(line.received().get(0)).startsWith("0{").doesNotContain(victim.sid());
        lives(victim);
    }

    @ParameterizedTest
    @ValueSource(strings = {"&SID=%s", "&Sid=%s", "&sid[]=%s", "&sid=%s%%00", "&sid=%s ", "&sid=../%s", "#&sid=%s"})
    @DisplayName("an id under another name or in another form opens no session of others")
    void query(String query) {
        PollingClient victim = PollingClient.join(test);

        TestExchange post = test.request("POST", PollingClient.POLLING + String.format(query, victim.sid()))
                .body("42[\"e\",\"forged\"]")
                .send();

        assertThat(post.passedOn() || post.response().status() == 400).isTrue();
        lives(victim);
    }

    @Test
    @DisplayName("a session on a WebSocket takes neither requests nor another WebSocket")
    void webSocket() {
        TestWebSocket victim = test.webSocket(PollingClient.WEBSOCKET).send("40");
        String sid = PollingClient.sid(victim.received().get(0));

        TestExchange post = test.request("POST", PollingClient.POLLING + "&sid=" + sid)
                .body("42[\"e\",\"forged\"]")
                .send();
        TestExchange get =
                test.request("GET", PollingClient.POLLING + "&sid=" + sid).send();
        TestWebSocket other = test.webSocket(PollingClient.WEBSOCKET + "&sid=" + sid);
        other.send("2probe").send("5").send("42[\"e\",\"forged\"]");

        assertThat(post.response().status()).isEqualTo(400);
        assertThat(get.response().status()).isEqualTo(400);
        assertThat(other.refused() || other.closed()).isTrue();
        victim.send("42[\"e\",\"own\"]");
        assertThat(handled).containsExactly("own");
        assertThat(victim.closed()).isFalse();
    }

    @Test
    @DisplayName("the state of a connected client is not given out, with its private id either")
    void recoveryOfAConnectedClient() {
        RecoveringClient victim = new RecoveringClient(test);
        test.server().emit("offset");
        victim.read();

        RecoveringClient thief = new RecoveringClient(test);
        List<String> joined = thief.back("{\"pid\":\"" + victim.pid() + "\",\"offset\":\"" + victim.offset() + "\"}");

        assertThat(joined.get(0)).doesNotContain(victim.sid()).doesNotContain(victim.pid());
        victim.line().send("42[\"e\",\"own\"]");
        assertThat(handled).containsExactly("own");
    }

    @Test
    @DisplayName("the state of a lost client is given out for its private id only, and not for what others can know")
    void recoveryWithPublicValues() {
        RecoveringClient victim = new RecoveringClient(test);
        test.server().emit("offset");
        victim.lose();

        RecoveringClient thief = new RecoveringClient(test);
        for (String pid : List.of(String.valueOf(victim.sid()), "", "null", "undefined", "%", victim.pid() + "0")) {
            List<String> joined = thief.back("{\"pid\":\"" + pid + "\",\"offset\":\"" + victim.offset() + "\"}");
            assertThat(joined.get(0)).as(pid).startsWith("40{").doesNotContain(victim.sid() + "\",\"pid");
        }

        assertThat(victim.back().get(0)).isEqualTo(victim.joined());
    }

    private void lives(PollingClient victim) {
        handled.clear();
        assertThat(victim.post("42[\"e\",\"own\"]").response().status()).isEqualTo(200);
        assertThat(handled).containsExactly("own");
    }
}
