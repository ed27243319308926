package io.everwire.testkit.eio4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.ServerOptions;
import io.everwire.protocol.Bytes;
import io.everwire.testkit.TestExchange;
import io.everwire.testkit.TestServer;
import io.everwire.testkit.TestWebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clients with the default parser and clients with msgpack, on one server. */
class ParsersTest {
    private static final String LINE = "/socket.io/?EIO=4&transport=websocket";
    private static final String POLL = "/socket.io/?EIO=4&transport=polling";

    private static final byte[] CONNECT = msgpack("\u0082\u00a4type\u0000\u00a3nsp\u00a1/");

    private final TestServer test = TestServer.create();

    @Test
    void bothAreInOneRoom() {
        test.server().onConnection(socket -> socket.join("room"));
        TestWebSocket text = join("40");
        TestWebSocket binary = join(CONNECT);

        test.server().to("room").emit("news", "é", 300, new byte[] {7});

        assertThat(text.received()).endsWith("451-[\"news\",\"é\",300,{\"_placeholder\":true,\"num\":0}]");
        assertThat(text.receivedBinary()).containsExactly(Bytes.of(new byte[] {7}));
        assertThat(last(binary))
                .isEqualTo(packet(2, "\u0094\u00a4news\u00a2\u00c3\u00a9\u00cd\u0001\u002c\u00c4\u0001\u0007"));
    }

    @Test
    void whatOneSaysTheOthersHear() {
        test.server()
                .on("say", Object.class, (socket, said) -> socket.broadcast().emit("said", said));
        TestWebSocket text = join("40");
        TestWebSocket binary = join(CONNECT);

        text.send("451-[\"say\",{\"a\":{\"_placeholder\":true,\"num\":0}}]").send(new byte[] {1, 2});
        assertThat(last(binary)).isEqualTo(packet(2, "\u0092\u00a4said\u0081\u00a1a\u00c4\u0002\u0001\u0002"));

        binary.send(
                msgpack(
                        "\u0083\u00a4type\u0002\u00a3nsp\u00a1/\u00a4data\u0092\u00a3say\u0093\u00c4\u0000\u00d4\u0000\u0000\u00c3"));
        assertThat(text.received()).endsWith("451-[\"said\",[{\"_placeholder\":true,\"num\":0},null,true]]");
        assertThat(text.receivedBinary()).containsExactly(Bytes.EMPTY);
    }

    @Test
    void acksGoBothWays() {
        test.server().onCall("sum", int[].class, (socket, numbers) -> numbers[0] + numbers[1]);
        TestWebSocket binary = join(CONNECT);

        binary.send(msgpack(
                "\u0084\u00a4type\u0002\u00a3nsp\u00a1/\u00a4data\u0092\u00a3sum\u0092\u0001\u0002\u00a2id\u0000"));
        assertThat(last(binary))
                .isEqualTo(bytes("\u0084\u00a4type\u0003\u00a3nsp\u00a1/\u00a2id\u0000\u00a4data\u0091\u0003"));

        var answer = test.server().sockets().values().iterator().next().call("ask", byte[].class);
        binary.send(msgpack("\u0084\u00a4type\u0003\u00a3nsp\u00a1/\u00a2id\u0000\u00a4data\u0091\u00c4\u0001\u0009"));
        assertThat(answer.toCompletableFuture().join()).containsExactly(9);
    }

    @Test
    void aBroadcastIsWrittenOnceForEachParser() {
        TestWebSocket first = join(CONNECT);
        TestWebSocket second = join(CONNECT);

        test.server().emit("news");

        assertThat(last(first)).isSameAs(last(second));
    }

    @Test
    void pollingKnowsItAsBase64() {
        test.server().onConnection(socket -> socket.emit("welcome"));
        TestExchange open = test.request("GET", POLL).send();
        String text = open.response().text();
        String sid = text.substring(9, text.indexOf('"', 9));
        test.request("POST", POLL + "&sid=" + sid)
                .body("b" + Base64.getEncoder().encodeToString(CONNECT))
                .send();

        String[] packets = test.request("GET", POLL + "&sid=" + sid)
                .send()
                .response()
                .text()
                .split("\u001e");

        assertThat(packets).hasSize(2).allMatch(packet -> packet.startsWith("b"));
        assertThat(Bytes.of(Base64.getDecoder().decode(packets[1].substring(1))))
                .isEqualTo(packet(2, "\u0091\u00a7welcome"));
    }

    @Test
    void attachmentsInMsgpackAreLimitedAsWell() {
        List<Integer> handled = new ArrayList<>();
        test.server().onRaw("e", (socket, arguments) -> handled.add(arguments.size()));
        for (int count : new int[] {10, 11}) {
            String data = (char) (0x91 + count) + "\u00a1e" + "\u00c4\u0001\u0007".repeat(count);
            join(CONNECT).send(msgpack("\u0083\u00a4type\u0002\u00a3nsp\u00a1/\u00a4data" + data));
        }

        assertThat(handled).containsExactly(10);
    }

    @Test
    void onlyTheParsersListedAreServed() {
        TestServer textOnly =
                TestServer.create(ServerOptions.builder().parsers("default").build());
        assertThat(textOnly.webSocket(LINE).send(CONNECT).closed()).isTrue();
        assertThat(textOnly.webSocket(LINE).send("40").closed()).isFalse();

        TestServer binaryOnly =
                TestServer.create(ServerOptions.builder().parsers("msgpack").build());
        assertThat(binaryOnly.webSocket(LINE).send(CONNECT).closed()).isFalse();
        assertThat(binaryOnly.webSocket(LINE).send("40").closed()).isTrue();
    }

    /**
     * A byte array that occurs several times is written several times in msgpack. The default parser passes on the one
     * array.
     */
    @Test
    void whatIsLargerThanMayWaitIsNotWrittenAtAll() {
        TestServer small =
                TestServer.create(ServerOptions.builder().maxQueuedBytes(10_600).build());
        TestWebSocket text = small.webSocket(LINE).send("40");
        TestWebSocket binary = small.webSocket(LINE).send(CONNECT);
        byte[] kilobyte = new byte[1_000];

        small.server().emit("news", Collections.nCopies(9, kilobyte));
        assertThat(text.receivedBinary()).hasSize(9);
        assertThat(last(binary).length()).isGreaterThan(9_000);

        small.server().emit("news", Collections.nCopies(10, kilobyte));
        assertThat(text.receivedBinary()).hasSize(19);
        assertThat(text.closed()).isFalse();
        assertThat(binary.closed()).isTrue();
    }

    @Test
    void aParserThatDoesNotExistIsRefused() {
        ServerOptions.Builder options = ServerOptions.builder().parsers("default", "protobuf");
        assertThatThrownBy(options::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("parsers: there is no \"protobuf\" among [default, msgpack]");
    }

    private TestWebSocket join(String packet) {
        return test.webSocket(LINE).send(packet);
    }

    private TestWebSocket join(byte[] packet) {
        return test.webSocket(LINE).send(packet);
    }

    private static Bytes last(TestWebSocket line) {
        List<Bytes> received = line.receivedBinary();
        return received.get(received.size() - 1);
    }

    /** A packet in the main namespace, without an ack id. */
    private static Bytes packet(int type, String data) {
        return bytes("\u0083\u00a4type" + (char) type + "\u00a3nsp\u00a1/\u00a4data" + data);
    }

    private static Bytes bytes(String characters) {
        return Bytes.of(msgpack(characters));
    }

    /** Returns one byte for each character. */
    private static byte[] msgpack(String characters) {
        return characters.getBytes(StandardCharsets.ISO_8859_1);
    }
}
