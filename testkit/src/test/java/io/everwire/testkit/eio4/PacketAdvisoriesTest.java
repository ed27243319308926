package io.everwire.testkit.eio4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.everwire.LimitOptions;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.wire.LinearWork;
import io.everwire.testkit.TestExchange;
import io.everwire.testkit.TestServer;
import io.everwire.testkit.TestWebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Published advisories about packets and payloads, of the Node server and of others: each under its number. */
class PacketAdvisoriesTest {
    private static final int MOST = SessionOptions.DEFAULTS.maxPayload();

    private final TestServer test = TestServer.create();
    private final SocketIoServer server = test.server();
    private final List<String> reported = new ArrayList<>();

    PacketAdvisoriesTest() {
        server.onAny((socket, event, arguments) -> reported.add(event));
    }

    @ParameterizedTest
    @DisplayName("CVE-2022-2421: the number of a placeholder is an index, or the connection closes")
    @ValueSource(strings = {"-1", "1", "0.5", "1e0", "\"splice\"", "\"0\"", "null", "[]", "{}", "99999999999999999999"})
    void cve20222421(String number) {
        String event = "451-[\"e\",{\"_placeholder\":true,\"num\":" + number + "}]";
        TestWebSocket line = join().send(event);

        assertThat(line.closed()).isTrue();
        assertThat(reported).isEmpty();
        assertOthersAreServed();
    }

    @ParameterizedTest
    @DisplayName("CVE-2023-32695: the name of an event is a text or a number, or the connection closes")
    @ValueSource(
            strings = {"{\"toString\":\"x\"}", "[]", "[\"e\"]", "null", "true", "", "\"connect\"", "\"disconnect\""})
    void cve202332695(String name) {
        assertThat(join().send("42[" + name + "]").closed()).isTrue();
        assertThat(join().send("420[" + name + "]").closed()).isTrue();
        assertThat(reported).isEmpty();
        assertOthersAreServed();
    }

    @Test
    @DisplayName("CVE-2024-38355: an event called error is an event, and nothing fails if it has no listener")
    void cve202438355() {
        TestWebSocket line = join();

        line.send("42[\"error\",\"x\"]").send("420[\"error\"]");

        assertThat(line.closed()).isFalse();
        assertThat(reported).containsExactly("error", "error");
        assertOthersAreServed();
    }

    @ParameterizedTest
    @DisplayName("CVE-2026-33151: attachments are counted before anything is kept for them")
    @ValueSource(strings = {"11", "1000000", "2147483648", "9223372036854775808", "99999999999999999999999999"})
    void cve202633151(String count) {
        assertThat(join().send("45" + count + "-[\"e\"]").closed()).isTrue();
        assertThat(join().send("46" + count + "-1[]").closed()).isTrue();
        assertOthersAreServed();
    }

    @Test
    @DisplayName("CVE-2026-33151: attachments that await the others count against the input of all clients together")
    void cve202633151Bytes() {
        TestServer small = TestServer.create(ServerOptions.builder()
                .limits(LimitOptions.builder().maxInputBytesTotal(3L * MOST).build())
                .build());
        TestWebSocket line = small.webSocket(PollingClient.WEBSOCKET).send("40").send("4510-[\"e\"]");
        line.send(new byte[MOST]).send(new byte[MOST]);
        assertThat(line.closed()).isFalse();

        assertThat(line.send(new byte[MOST]).closed()).isTrue();
        assertThat(small.webSocket(PollingClient.WEBSOCKET).send("40").closed()).isFalse();
    }

    @ParameterizedTest
    @DisplayName(
            "CVE-2026-69185: a binary packet without attachments closes the connection, and no attachment is awaited")
    @ValueSource(strings = {"50-[\"e\"]", "60-1[]", "500-[\"e\"]", "50-/n,[\"e\"]", "5-[\"e\"]", "5[\"e\"]"})
    void cve202669185(String packet) {
        TestWebSocket line = join().send("4" + packet);

        assertThat(line.closed()).isTrue();
        assertThat(reported).isEmpty();
        assertOthersAreServed();
    }

    @Test
    @DisplayName("CVE-2026-59725: a POST of octets gets a response, and its session is closed")
    void cve202659725() {
        for (int i = 0; i < 100; i++) {
            PollingClient client = PollingClient.join(test);
            TestExchange poll = client.get();
            TestExchange post = test.request("POST", PollingClient.POLLING + "&sid=" + client.sid())
                    .header("Content-Type", "application/octet-stream")
                    .body(new byte[] {4, 1})
                    .send();

            assertThat(post.response().status()).isEqualTo(400);
            assertThat(poll.pending()).isFalse();
            assertThat(PollingClient.text(client.get())).contains("Session ID unknown");
        }
        assertThat(server.engine().clientsCount()).isZero();
    }

    @Test
    @DisplayName("CVE-2026-48804: attachments before CONNECT close the connection, with either parser")
    void cve202648804() {
        TestWebSocket text = test.webSocket(PollingClient.WEBSOCKET)
                .send("451-[\"e\",{\"_placeholder\":true,\"num\":0}]")
                .send(new byte[10]);
        assertThat(text.closed()).isTrue();
        assertThat(test.webSocket(PollingClient.WEBSOCKET).send(new byte[10]).closed())
                .isTrue();
        TestWebSocket msgpack = test.webSocket(PollingClient.WEBSOCKET)
                .send("\u0083\u00a4type\u0002\u00a3nsp\u00a1/\u00a4data\u0092\u00a1e\u00c4\u0001\u0007"
                        .getBytes(StandardCharsets.ISO_8859_1));
        assertThat(msgpack.closed()).isTrue();
        assertThat(reported).isEmpty();
        assertThat(server.engine().clientsCount()).isZero();
    }

    @Test
    @DisplayName("CVE-2026-48804: a client that left its namespace cannot send attachments there")
    void cve202648804AfterLeaving() {
        TestWebSocket line = join().send("41").send("451-[\"e\"]").send(new byte[10]);

        assertThat(line.closed()).isTrue();
        assertThat(reported).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("CVE-2020-36048: a body of very many packets takes linear time")
    @ValueSource(strings = {"3\u001e", "6\u001e", "b\u001e", "42[\"e\"]\u001e", "bAAAA\u001e"})
    void cve202036048(String unit) {
        LinearWork.assertLinear("packets of a body", MOST / 8 / unit.length(), size -> {
            PollingClient client = PollingClient.join(test);
            String body = unit.repeat(size);
            return () -> client.post(body);
        });
        assertOthersAreServed();
    }

    @Test
    @DisplayName(
            "CVE-2020-36049: an encoded payload beyond the limit is rejected before it is decoded, in every spelling")
    void cve202036049() {
        PollingClient client = PollingClient.join(test);

        assertThat(client.post("4".repeat(MOST + 1)).response().status()).isEqualTo(413);
        assertThat(client.post("b" + "A".repeat(MOST)).response().status()).isEqualTo(413);
        assertThat(PollingClient.text(client.post("42[\"e\"]"))).isEqualTo("ok");
        assertThat(reported).containsExactly("e");
    }

    @ParameterizedTest
    @DisplayName("CVE-2022-21676: a packet that no client sends closes its own session and no other")
    @ValueSource(
            strings = {
                "",
                "4",
                "7",
                "4\u0000",
                "45-",
                "4{",
                "b!",
                "0{}",
                "5",
                "2probe",
                "42[\"\\ud800\"",
                "\u001e\u001e"
            })
    void cve202221676(String packet) {
        PollingClient other = PollingClient.join(test);
        assertThatCode(() -> join().send(packet)).doesNotThrowAnyException();
        assertThatCode(() -> PollingClient.join(test).post(packet)).doesNotThrowAnyException();
        assertThatCode(() -> test.webSocket(PollingClient.WEBSOCKET).send(packet.getBytes(StandardCharsets.UTF_8)))
                .doesNotThrowAnyException();
        assertThat(PollingClient.text(other.post("42[\"e\"]"))).isEqualTo("ok");
        assertThat(reported).endsWith("e");
    }

    @Test
    @DisplayName("CVE-2022-41940: a client that disconnects in the middle of a request affects no other client")
    void cve202241940() {
        PollingClient client = PollingClient.join(test);
        TestExchange poll = client.get();

        poll.cancel();

        assertThat(server.engine().clientsCount()).isZero();
        assertThat(PollingClient.text(client.get())).contains("Session ID unknown");
        assertOthersAreServed();
    }

    @ParameterizedTest
    @DisplayName("CVE-2023-31125: transports and sessions with the names of properties of every object do not exist")
    @ValueSource(strings = {"__proto__", "constructor", "toString", "hasOwnProperty", "prototype", "webtransport"})
    void cve202331125(String name) {
        String transport = "/socket.io/?EIO=4&transport=" + name;
        assertThat(test.request("GET", transport).send().response().text()).contains("Transport unknown");
        assertThat(test.webSocket(transport).refused()).isTrue();
        assertThat(test.request("GET", PollingClient.POLLING + "&sid=" + name)
                        .send()
                        .response()
                        .text())
                .contains("Session ID unknown");
        assertThat(test.webSocket(PollingClient.WEBSOCKET + "&sid=" + name).refused())
                .isTrue();
        assertThat(server.engine().clientsCount()).isZero();
    }

    @ParameterizedTest
    @DisplayName("ids beyond 2^53 are refused, not rounded")
    @ValueSource(strings = {"9007199254740992", "18446744073709551616", "99999999999999999999999999999999"})
    void idsBeyondDoubles(String id) {
        assertThat(join().send("42" + id + "[\"e\"]").closed()).isTrue();
        assertThat(join().send("43" + id + "[]").closed()).isTrue();
        assertThat(join().send("429007199254740991[\"e\"]").closed()).isFalse();
        assertThat(reported).containsExactly("e");
    }

    @ParameterizedTest
    @DisplayName("depth bombs close the connection in linear time")
    @ValueSource(strings = {"[", "{\"a\":", "[[],"})
    void depthBombs(String opening) {
        LinearWork.assertLinear("depth of JSON", MOST / 16 / opening.length(), size -> {
            TestWebSocket line = join();
            String packet = "42[\"e\"," + opening.repeat(size);
            return () -> assertThat(line.send(packet).closed()).isTrue();
        });
        assertThat(join().send("40/n," + opening.repeat(1_000)).closed()).isTrue();
        assertOthersAreServed();
    }

    @Test
    @DisplayName("names of a megabyte are refused and not stored")
    void namesOfAMegabyte() {
        String megabyte = "x".repeat(MOST - 100);
        TestWebSocket refused = join().send("40/" + megabyte);
        assertThat(refused.received()).last().asString().startsWith("44/xxx").contains("maxNamespaceLength");
        assertThat(refused.send("42/" + megabyte + ",[\"e\"]").closed()).isTrue();
        assertThat(join().send("42/" + megabyte + ",[\"e\"]").closed()).isTrue();
        assertThat(server.engine().clientsCount()).isZero();
    }

    @ParameterizedTest
    @DisplayName("a packet before CONNECT closes the connection")
    @ValueSource(strings = {"42[\"e\"]", "43/n,0[]", "41", "430[]", "44{\"message\":\"no\"}", "42/n,[\"e\"]"})
    void packetsBeforeConnect(String packet) {
        assertThat(test.webSocket(PollingClient.WEBSOCKET).send(packet).closed())
                .isTrue();
        assertThat(reported).isEmpty();
    }

    private TestWebSocket join() {
        return test.webSocket(PollingClient.WEBSOCKET).send("40");
    }

    /** Asserts that the server still serves other clients. */
    private void assertOthersAreServed() {
        TestWebSocket line = join();
        server.emit("e", (Object) new byte[] {1});
        assertThat(line.received()).endsWith("451-[\"e\",{\"_placeholder\":true,\"num\":0}]");
        assertThat(line.receivedBinary()).containsExactly(Bytes.of(new byte[] {1}));
    }
}
