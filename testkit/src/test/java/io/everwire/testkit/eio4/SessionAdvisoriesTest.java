package io.everwire.testkit.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.testkit.TestExchange;
import io.everwire.testkit.TestServer;
import io.everwire.testkit.TestWebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Advisories and attacks that concern sessions, each under its own name. */
class SessionAdvisoriesTest {
    private static final Duration PING = Duration.ofSeconds(25);

    private final TestServer test = TestServer.create();
    private final List<Object> reported = new ArrayList<>();

    SessionAdvisoriesTest() {
        test.server().onConnection(socket -> reported.add("connection"));
        test.server().onDisconnect((socket, reason) -> reported.add(reason.toString()));
    }

    @Test
    @DisplayName("CVE-2017-16031: ids cannot be guessed, and one id does not reveal the other")
    void cve201716031() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            List<String> received =
                    test.webSocket(PollingClient.WEBSOCKET).send("40").received();
            ids.add(PollingClient.sid(received.get(0)));
            ids.add(PollingClient.sid(received.get(1)));
        }

        assertThat(ids).hasSize(2_000).allMatch(id -> id.matches("[A-Za-z0-9_-]{20}"));
        assertThat(test.server().sockets().keySet()).isSubsetOf(ids);
    }

    @Test
    @DisplayName("CVE-2017-16031: an id is never taken from a client")
    void cve201716031NotTakenFromClients() {
        String mine = "AAAAAAAAAAAAAAAAAAAA";

        assertThat(PollingClient.text(test.request("GET", PollingClient.POLLING + "&sid=" + mine)
                        .send()))
                .contains("Session ID unknown");
        TestWebSocket line = test.webSocket(PollingClient.WEBSOCKET).send("40{\"sid\":\"" + mine + "\"}");
        assertThat(line.received().get(1)).doesNotContain(mine);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "http://localhost.evil.example", "http://localhost:81"})
    @DisplayName("CVE-2020-28481: pages of other origins are refused unless listed, CSWSH included")
    void cve202028481(String origin) {
        TestExchange polling = test.request("GET", PollingClient.POLLING)
                .header("Origin", origin)
                .send();
        TestWebSocket line = test.request("GET", PollingClient.WEBSOCKET)
                .header("Origin", origin)
                .webSocket();

        assertThat(polling.response().status()).isEqualTo(403);
        assertThat(polling.response().header("Access-Control-Allow-Origin")).isNull();
        assertThat(line.refused()).isTrue();
        assertThat(test.server().engine().clientsCount()).isZero();
    }

    @Test
    @DisplayName("CVE-2020-28481: a foreign page does not reach a session that exists either")
    void cve202028481Resume() {
        PollingClient client = PollingClient.join(test);
        String target = PollingClient.POLLING + "&sid=" + client.sid();

        TestExchange post = test.request("POST", target)
                .header("Origin", "https://evil.example")
                .body("42[\"e\"]")
                .send();

        assertThat(post.response().status()).isEqualTo(403);
        assertThat(client.post("42[\"e\"]").response().status()).isEqualTo(200);
    }

    @Test
    @DisplayName("half-upgraded: a WebSocket that never finishes its upgrade is closed, the session goes on")
    void halfUpgradedDeadline() {
        PollingClient client = PollingClient.join(test);
        TestWebSocket silent = client.probe();
        test.advance(Duration.ofSeconds(10));
        assertThat(silent.closed()).isTrue();

        TestWebSocket probing = client.probe().send("2probe");
        test.advance(Duration.ofSeconds(10));

        assertThat(probing.closed()).isTrue();
        assertThat(client.post("42[\"e\"]").response().status()).isEqualTo(200);
        assertThat(reported).containsExactly("connection");
    }

    @Test
    @DisplayName("half-upgraded: one upgrade at a time, however many WebSockets are opened")
    void halfUpgradedOneAtATime() {
        PollingClient client = PollingClient.join(test);
        TestWebSocket first = client.probe();

        for (int i = 0; i < 100; i++) {
            assertThat(client.probe().closed()).isTrue();
        }
        first.send("2probe").send("5");

        assertThat(first.received()).containsExactly("3probe");
        assertThat(first.closed()).isFalse();
        assertThat(client.probe().closed()).isTrue();
    }

    @Test
    @DisplayName("half-upgraded: the version of a session does not change")
    void halfUpgradedVersion() {
        PollingClient client = PollingClient.join(test);

        for (String version : List.of("3", "2", "5", "", "4x")) {
            String query = "/socket.io/?EIO=" + version + "&sid=" + client.sid() + "&transport=";
            TestExchange get = test.request("GET", query + "polling").send();
            assertThat(get.passedOn() || get.response().status() == 400)
                    .as(query)
                    .isTrue();
            TestWebSocket line = test.webSocket(query + "websocket");
            assertThat(line.refused() || line.closed()).as(query).isTrue();
        }
        assertThat(client.post("42[\"e\"]").response().status()).isEqualTo(200);
    }

    @Test
    @DisplayName("CVE-2026-48802: unexpected pongs start nothing")
    void cve202648802() {
        TestWebSocket line = test.webSocket(PollingClient.WEBSOCKET).send("40");
        int timers = test.time().timers();

        for (int i = 0; i < 10_000; i++) {
            line.send("3");
        }
        assertThat(test.time().timers()).isLessThanOrEqualTo(timers);
        int before = line.received().size();
        test.advance(PING);

        assertThat(line.received().subList(before, line.received().size())).containsExactly("2");
    }

    @Test
    @DisplayName("CVE-2026-48802: no heartbeat is sent before a connection is accepted")
    void cve202648802BeforeAccepting() {
        CompletableFuture<Void> decision = new CompletableFuture<>();
        TestServer asking = TestServer.create(ServerOptions.builder()
                .connectTimeout(Duration.ofMinutes(5))
                .allowRequestAsync(request -> decision)
                .build());
        TestWebSocket line = asking.webSocket(PollingClient.WEBSOCKET);
        asking.advance(Duration.ofMinutes(4));
        assertThat(line.refused()).isTrue();

        decision.complete(null);

        assertThat(line.received()).hasSize(1);
        asking.advance(PING);
        assertThat(line.received()).hasSize(2).endsWith("2");
    }

    @ParameterizedTest
    @ValueSource(ints = {1_001, 100_000})
    @DisplayName("CVE-2026-18401, CVE-2026-29062: the length of a number is limited")
    void cve202618401(int digits) {
        test.server().onRaw("e", (socket, arguments) -> reported.add(arguments.all()));
        TestWebSocket line = test.webSocket(PollingClient.WEBSOCKET).send("40");

        line.send("42[\"e\"," + "1".repeat(digits) + "]");

        assertThat(line.closed()).isTrue();
        assertThat(reported).containsExactly("connection", "forced close");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "[{\"a\":"})
    @DisplayName("CVE-2026-68494: the depth of a value is limited")
    void cve202668494(String opening) {
        test.server().onRaw("e", (socket, arguments) -> reported.add(arguments.all()));
        TestWebSocket line = test.webSocket(PollingClient.WEBSOCKET).send("40");

        line.send("42[\"e\"," + opening.repeat(100_000));

        assertThat(line.closed()).isTrue();
        assertThat(reported).containsExactly("connection", "forced close");
    }

    @Test
    @DisplayName("CVE-2026-68494: values that an application reads itself have the same limit of depth")
    void cve202668494Auth() {
        String auth = "{\"a\":".repeat(101) + "1" + "}".repeat(101);

        assertThat(test.webSocket(PollingClient.WEBSOCKET).send("40" + auth).closed())
                .isTrue();
        assertThat(reported).isEmpty();
    }

    @Test
    @DisplayName("handshake flood: a client that never joins is closed after the connect timeout, and occupies nothing")
    void handshakeFlood() {
        for (int i = 0; i < 1_000; i++) {
            test.webSocket(PollingClient.WEBSOCKET);
            PollingClient.open(test);
        }
        assertThat(test.server().engine().clientsCount()).isEqualTo(2_000);

        test.advance(Duration.ofSeconds(45));
        test.advance(Duration.ofSeconds(45));

        assertThat(test.server().engine().clientsCount()).isZero();
        assertThat(test.time().timers()).isZero();
    }

    @Test
    @DisplayName("a malicious client closes its own connection, and no other")
    void oneBadClient() {
        Socket[] good = new Socket[1];
        test.server().onConnection(socket -> good[0] = good[0] == null ? socket : good[0]);
        TestWebSocket line = test.webSocket(PollingClient.WEBSOCKET).send("40");

        for (String bad :
                List.of("", "x", "4", "49", "42", "42{", "42[]", "42[null]", "451-[\"e\"]", "4/", "44", "2")) {
            TestWebSocket other = test.webSocket(PollingClient.WEBSOCKET).send("40");
            other.send(bad).send(new byte[] {1, 2, 3});
            good[0].broadcast().emit("e");
        }
        test.server().emit("still here");

        assertThat(line.received()).endsWith("42[\"still here\"]");
    }
}
