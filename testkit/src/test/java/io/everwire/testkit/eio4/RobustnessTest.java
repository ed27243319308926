package io.everwire.testkit.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.RecoveryOptions;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.testkit.TestServer;
import io.everwire.testkit.TestWebSocket;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reference's own tests of packets, as bytes on the wire. */
class RobustnessTest {
    private static final int MEGABYTES = 5_000_000;
    private static final String HOLE = "{\"_placeholder\":true,\"num\":0}";

    private final TestServer test = TestServer.create();
    private final SocketIoServer server = test.server();
    private final List<String> reported = new ArrayList<>();

    RobustnessTest() {
        server.onDisconnect((socket, reason) -> reported.add(reason.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"__proto__", "constructor", "hasOwnProperty", "toString", "valueOf"})
    void eventsMayHaveTheNamesOfWhatEveryObjectHas(String name) {
        server.on(name, String.class, (socket, text) -> reported.add(text));
        server.on("other", String.class, (socket, text) -> reported.add("wrong"));
        TestWebSocket line = join().send("42[\"" + name + "\",\"x\"]");
        server.emit(name, "y");

        assertThat(reported).containsExactly("x");
        assertThat(line.received()).endsWith("42[\"" + name + "\",\"y\"]");
    }

    @Test
    void keysMayHaveThemToo() {
        server.onCall("echo", Object.class, (socket, value) -> value);

        TestWebSocket line = join().send("420[\"echo\",{\"__proto__\":{\"a\":1},\"constructor\":2}]");

        assertThat(line.received()).endsWith("430[{\"__proto__\":{\"a\":1},\"constructor\":2}]");
    }

    @Test
    void aSecondConnectReplacesTheSocket() {
        TestWebSocket line = join().send("40");

        assertThat(line.closed()).isFalse();
        assertThat(reported).containsExactly("client namespace disconnect");
    }

    @Test
    void aConnectAfterADisconnectJoinsAnew() {
        TestWebSocket line = join().send("41").send("40");

        assertThat(line.closed()).isFalse();
        assertThat(line.received().stream().filter(packet -> packet.startsWith("40{")))
                .hasSize(2)
                .doesNotHaveDuplicates();
        assertThat(reported).containsExactly("client namespace disconnect");
    }

    @ParameterizedTest
    @ValueSource(strings = {"45", "46", "45-", "450-", "b"})
    void anEmptyBinaryPacketEndsItsConnectionAndNoOther(String packet) {
        TestWebSocket other = join();
        TestWebSocket line = join().send(packet);
        server.emit("e");

        assertThat(line.closed()).isTrue();
        assertThat(reported).containsExactly("forced close");
        assertThat(other.received()).endsWith("42[\"e\"]");
    }

    @Test
    void anErrorPacketFromAClientClosesItWhetherSomebodyListensOrNot() {
        assertThat(join().send("44{\"message\":\"x\"}").closed()).isTrue();
        server.onError((socket, failure) -> reported.add("error"));
        assertThat(join().send("44\"x\"").closed()).isTrue();

        assertThat(reported).containsExactly("forced server close", "forced server close");
    }

    @Test
    void whoIsDisconnectedInTheMiddleOfAPayloadIsNotHeardAnyMore() {
        server.on("leave", (socket) -> socket.disconnect());
        server.on("late", (socket) -> reported.add("late"));
        PollingClient client = PollingClient.join(test);

        assertThat(PollingClient.text(client.post("42[\"leave\"]\u001e42[\"late\"]\u001e42[\"late\"]")))
                .isEqualTo("ok");

        assertThat(reported).containsExactly("server namespace disconnect");
    }

    @Test
    void whoBreaksTheRulesInTheMiddleOfAPayloadIsNotHeardAnyMoreAndGoneAtOnce() {
        server.on("late", (socket) -> reported.add("late"));
        PollingClient client = PollingClient.join(test);

        assertThat(PollingClient.text(client.post("44{}\u001e42[\"late\"]"))).isEqualTo("ok");

        assertThat(reported).containsExactly("forced server close");
        assertThat(server.sockets()).isEmpty();
        assertThat(PollingClient.text(client.get())).endsWith("1");
        assertThat(reported).hasSize(1);
    }

    @Test
    void whoIsKickedInTheMiddleOfAPayloadIsNotHeardAnyMore() {
        server.on("kick", (socket) -> socket.disconnect(true));
        server.on("late", (socket) -> reported.add("late"));
        PollingClient client = PollingClient.join(test);

        client.post("42[\"kick\"]\u001e42[\"late\"]");
        client.post("42[\"late\"]");

        assertThat(reported).containsExactly("server namespace disconnect");
        assertThat(PollingClient.text(client.get())).isEqualTo("41");
        assertThat(PollingClient.text(client.get())).isEqualTo("6\u001e1");
    }

    /** A polling client has not fetched its close packet yet, so its connection still exists. */
    @ParameterizedTest
    @ValueSource(strings = {"44{}", "42x", "42/n,[\"e\"]", "42[\"kick\"]"})
    void nobodyIsLetInWhoseConnectionIsAboutToEnd(String packet) {
        CompletableFuture<Void> decision = new CompletableFuture<>();
        server.on("kick", (socket) -> socket.disconnect(true));
        server.of("/slow").useAsync(socket -> decision);
        server.of("/slow").onConnection(socket -> reported.add("let in"));
        PollingClient client = PollingClient.join(test);
        client.post("40/slow,");

        client.post(packet);
        decision.complete(null);

        assertThat(reported).doesNotContain("let in");
        assertThat(PollingClient.text(client.get())).doesNotContain("40/slow");
        assertThat(server.of("/slow").sockets()).isEmpty();
    }

    @Test
    void whoLeavesInTheMiddleOfAPayloadIsNotHeardAnyMore() {
        server.on("late", (socket) -> reported.add("late"));
        PollingClient client = PollingClient.join(test);

        assertThat(PollingClient.text(client.post("1\u001e42[\"late\"]"))).isEqualTo("ok");

        assertThat(reported).containsExactly("transport close");
    }

    @Test
    void whatStandsBeforeABrokenPacketIsHeard() {
        server.on("early", (socket) -> reported.add("early"));
        server.on("late", (socket) -> reported.add("late"));
        PollingClient client = PollingClient.join(test);

        client.post("42[\"early\"]\u001e4x\u001e42[\"late\"]");
        client.get();

        assertThat(reported).containsExactly("early", "forced close");
    }

    @Test
    void charactersOfFourBytesAreNotCutByPolling() {
        server.onCall("echo", String.class, (socket, text) -> text);
        PollingClient client = PollingClient.join(test);
        String text = "\uD83D\uDE00".repeat(1_000) + "\u20AC";

        client.post("420[\"echo\",\"" + text + "\"]");

        assertThat(PollingClient.text(client.get())).isEqualTo("430[\"" + text + "\"]");
    }

    @Test
    void megabytesOfJsonComeAndGoWhereTheyAreAllowed() {
        TestServer large = large();
        large.server().onCall("echo", String.class, (socket, text) -> text);
        String text = "x".repeat(MEGABYTES);
        TestWebSocket line = large.webSocket(PollingClient.WEBSOCKET).send("40");
        PollingClient client = PollingClient.join(large);

        line.send("420[\"echo\",\"" + text + "\"]");
        client.post("420[\"echo\",\"" + text + "\"]");

        assertThat(line.received().get(2)).isEqualTo("430[\"" + text + "\"]");
        assertThat(PollingClient.text(client.get())).isEqualTo("430[\"" + text + "\"]");
    }

    @Test
    void megabytesOfBinaryDataComeAndGoWhereTheyAreAllowed() {
        TestServer large = large();
        large.server().onCall("echo", byte[].class, (socket, bytes) -> bytes);
        byte[] bytes = new byte[MEGABYTES];
        bytes[MEGABYTES - 1] = 7;
        TestWebSocket line = large.webSocket(PollingClient.WEBSOCKET).send("40");
        PollingClient client = PollingClient.join(large);

        line.send("451-0[\"echo\"," + HOLE + "]").send(bytes);
        String base64 = "b" + Base64.getEncoder().encodeToString(bytes);
        client.post("451-0[\"echo\"," + HOLE + "]\u001e" + base64);

        assertThat(line.receivedBinary().get(0).toByteArray()).isEqualTo(bytes);
        assertThat(PollingClient.text(client.get())).isEqualTo("461-0[" + HOLE + "]\u001e" + base64);
    }

    @Test
    void megabytesInMsgpackComeAndGoWhereTheyAreAllowed() {
        TestServer large = large();
        large.server().onCall("echo", byte[].class, (socket, bytes) -> bytes);
        TestWebSocket line = large.webSocket(PollingClient.WEBSOCKET)
                .send("\u0082\u00a4type\u0000\u00a3nsp\u00a1/".getBytes(StandardCharsets.ISO_8859_1));
        ByteArrayOutputStream event = new ByteArrayOutputStream();
        event.writeBytes("\u0084\u00a4type\u0002\u00a3nsp\u00a1/\u00a2id\u0000\u00a4data\u0092\u00a4echo\u00c6"
                .getBytes(StandardCharsets.ISO_8859_1));
        event.writeBytes(new byte[] {0, (byte) (MEGABYTES >> 16), (byte) (MEGABYTES >> 8), (byte) MEGABYTES});
        event.writeBytes(new byte[MEGABYTES]);

        line.send(event.toByteArray());

        assertThat(line.receivedBinary().get(1).length()).isGreaterThan(MEGABYTES);
        assertThat(line.closed()).isFalse();
    }

    @Test
    void afterARestartASessionIsUnknownAndItsClientStartsANewOne() {
        PollingClient client = PollingClient.join(test);
        TestServer restarted = TestServer.create();

        assertThat(restarted
                        .request("GET", PollingClient.POLLING + "&sid=" + client.sid())
                        .send()
                        .response()
                        .text())
                .contains("Session ID unknown");
        assertThat(PollingClient.join(restarted).sid()).isNotEqualTo(client.sid());
    }

    @Test
    void afterARestartAClientThatCouldHaveComeBackIsANewOne() {
        TestServer before = recovering();
        TestWebSocket line = before.webSocket(PollingClient.WEBSOCKET).send("40");
        before.server().emit("e");
        String joined = line.received().get(1);
        String offset = line.received().get(2).replaceAll(".*\"(.*)\"]", "$1");
        before.close();
        TestServer after = recovering();
        after.server().onConnection(socket -> reported.add("recovered " + socket.recovered()));
        after.server().emit("missed");

        TestWebSocket back = after.webSocket(PollingClient.WEBSOCKET)
                .send("40{\"pid\":\"" + of(joined, "pid") + "\",\"offset\":\"" + offset + "\"}");

        assertThat(reported).containsExactly("recovered false");
        assertThat(back.received()).hasSize(2);
        assertThat(of(back.received().get(1), "sid")).isNotEqualTo(of(joined, "sid"));
        assertThat(of(back.received().get(1), "pid")).isNotEqualTo(of(joined, "pid"));
    }

    private static String of(String joined, String key) {
        assertThat(joined).contains("\"" + key + "\":\"");
        return joined.replaceAll(".*\"" + key + "\":\"([^\"]*)\".*", "$1");
    }

    private static TestServer recovering() {
        return TestServer.create(ServerOptions.builder()
                .connectionStateRecovery(RecoveryOptions.builder().build())
                .build());
    }

    private TestWebSocket join() {
        return test.webSocket(PollingClient.WEBSOCKET).send("40");
    }

    private static TestServer large() {
        return TestServer.create(ServerOptions.builder()
                .maxHttpBufferSize(10_000_000)
                .maxPendingInput(20_000_000)
                .maxQueuedBytes(20_000_000)
                .build());
    }
}
