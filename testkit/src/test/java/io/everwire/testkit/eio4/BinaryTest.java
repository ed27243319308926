package io.everwire.testkit.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.LimitOptions;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.protocol.Bytes;
import io.everwire.testkit.TestServer;
import io.everwire.testkit.TestWebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Binary data anywhere in arguments and acks, in both directions, over polling, too; and its limit. */
class BinaryTest {
    private static final String HOLE = "{\"_placeholder\":true,\"num\":0}";

    private final TestServer test = TestServer.create(ServerOptions.builder()
            .maxHttpBufferSize(1_000)
            .maxAttachments(3)
            .limits(LimitOptions.builder()
                    .attachmentTimeout(Duration.ofSeconds(5))
                    .build())
            .build());
    private final SocketIoServer server = test.server();
    private final List<String> reported = new ArrayList<>();

    record Upload(String name, byte[] content, List<Map<String, ByteBuffer>> parts) {}

    BinaryTest() {
        server.onDisconnect((socket, reason) -> reported.add(reason.toString()));
    }

    @Test
    void isBoundInsideRecordsListsAndMaps() {
        server.onCall(
                "upload",
                Upload.class,
                (socket, upload) -> new Upload(
                        upload.name() + "!",
                        upload.parts().get(0).get("b").array(),
                        List.of(Map.of("a", ByteBuffer.wrap(upload.content()).asReadOnlyBuffer()))));
        TestWebSocket line = join();

        line.send("452-7[\"upload\",{\"name\":\"n\",\"content\":" + HOLE
                        + ",\"parts\":[{\"b\":{\"_placeholder\":true,\"num\":1}}]}]")
                .send(new byte[] {1})
                .send(new byte[] {2});

        assertThat(line.received()).last().asString().startsWith("462-7[{").contains("\"name\":\"n!\"", HOLE);
        assertThat(line.receivedBinary()).containsExactlyInAnyOrder(bytes(2), bytes(1));
    }

    @Test
    void isAnAnswerWherePollingAsked() {
        server.onCall("echo", byte[].class, (socket, bytes) -> bytes);
        server.onConnection(socket -> socket.call("ask", byte[].class, (Object) new byte[] {5})
                .thenAccept(bytes -> reported.add(bytes.length + " bytes")));
        PollingClient client = PollingClient.open(test);
        client.post("40");
        assertThat(PollingClient.text(client.get())).endsWith("451-0[\"ask\"," + HOLE + "]\u001ebBQ==");

        client.post("461-0[" + HOLE + "]\u001ebAAAA");
        assertThat(reported).containsExactly("3 bytes");

        client.post("451-7[\"echo\"," + HOLE + "]\u001eb");
        assertThat(PollingClient.text(client.get())).isEqualTo("461-7[" + HOLE + "]\u001eb");
    }

    @Test
    void aReadOnlyBufferIsSentFromWhereItStands() {
        TestWebSocket line = join();
        ByteBuffer buffer = ByteBuffer.wrap(new byte[] {9, 1, 2, 9}, 1, 2).asReadOnlyBuffer();

        server.emit("e", buffer, buffer);

        assertThat(line.receivedBinary()).containsExactly(bytes(1, 2), bytes(1, 2));
    }

    @Test
    void attachmentsAreNotMoreThanAllowed() {
        TestWebSocket line = join();
        assertThat(line.send("453-[\"e\"]").closed()).isFalse();

        assertThat(join().send("454-[\"e\"]").closed()).isTrue();
        assertThat(reported).containsExactly("forced close");
    }

    @Test
    void attachmentsTogetherMayBeLargerThanAMessage() {
        List<Integer> sizes = new ArrayList<>();
        server.on(
                "e",
                byte[].class,
                byte[].class,
                (socket, first, second) -> sizes.addAll(List.of(first.length, second.length)));
        TestWebSocket line =
                join().send("452-[\"e\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
        line.send(new byte[1_000]).send(new byte[1_000]);

        assertThat(sizes).containsExactly(1_000, 1_000);
        assertThat(line.closed()).isFalse();
    }

    @Test
    void attachmentsDoNotTakeLongerThanAllowed() {
        TestWebSocket line = join().send("452-[\"e\"]");
        test.advance(Duration.ofMillis(4_000));
        line.send(new byte[1]);
        test.advance(Duration.ofMillis(999));
        assertThat(line.closed()).isFalse();

        test.advance(Duration.ofMillis(1));
        assertThat(line.closed()).isTrue();
    }

    @Test
    void anEmptyAttachmentIsOneAndWithoutAHeaderItIsNone() {
        server.on("e", byte[].class, (socket, bytes) -> reported.add(bytes.length + " bytes"));
        TestWebSocket line = join().send("451-[\"e\"," + HOLE + "]").send(new byte[0]);
        assertThat(reported).containsExactly("0 bytes");

        assertThat(line.send(new byte[0]).closed()).isTrue();
        assertThat(reported).containsExactly("0 bytes", "forced close");
    }

    @Test
    void somethingElseInTheMiddleClosesTheConnection() {
        for (String other : List.of("42[\"e\"]", "40/n,", "41", "451-[\"e\"]")) {
            assertThat(join().send("451-[\"e\"]").send(other).closed())
                    .as(other)
                    .isTrue();
        }
        assertThat(join().send("451-[\"e\"]").send("3").closed()).isFalse();
    }

    private TestWebSocket join() {
        return test.webSocket(PollingClient.WEBSOCKET).send("40");
    }

    private static Bytes bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return Bytes.of(bytes);
    }
}
