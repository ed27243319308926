package io.everwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.Ack;
import io.everwire.Arguments;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.json.JsonException;
import io.everwire.json.RawJson;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Arguments that are passed on without being read. */
class RawJsonTest {
    private final TestServer test = TestServer.create();
    private final SocketIoServer server = test.server();
    private final TestClient alice = test.connect();
    private final TestClient bob = test.connect();
    private final Socket toBob = Objects.requireNonNull(server.sockets().get(bob.id()));

    @Test
    void anArgumentIsPassedOnAsTheClientWroteIt() {
        List<String> seen = new ArrayList<>();
        server.on("relay", String.class, RawJson.class, (socket, event, value) -> {
            seen.add(String.valueOf(value));
            socket.broadcast().emit(Objects.requireNonNull(event), value);
        });
        String json = "{ \"a\" : 1.50, \"a\":1E2,\"\\u00e9\":\"\\ud83d\\ude00é\", \"big\":90071992547409931234567890 }";

        send("relay", List.of(), "\"news\"", json);

        assertThat(seen).containsExactly(json);
        assertThat(event(bob).data()).hasToString("[\"news\"," + json + "]");
    }

    @Test
    void attachmentsGoWithTheirArgument() {
        server.onRaw("relay", (socket, arguments) -> {
            toBob.emit("second", new byte[] {9}, arguments.as(1, RawJson.class), new byte[] {8});
            return Ack.none();
        });

        alice.emit("relay", new byte[] {1}, Map.of("x", List.of(new byte[] {2}, new byte[] {3})), new byte[] {4});

        assertThat(event(bob).data())
                .hasToString("[\"second\",{\"_placeholder\":true,\"num\":0},"
                        + "{\"x\":[{\"_placeholder\":true,\"num\":1},{\"_placeholder\":true,\"num\":2}]},"
                        + "{\"_placeholder\":true,\"num\":3}]");
        assertThat(event(bob).attachments())
                .extracting(Bytes::toByteArray)
                .containsExactly(new byte[] {9}, new byte[] {2}, new byte[] {3}, new byte[] {8});
    }

    @Test
    void allArgumentsOfAnyEventArePassedOn() {
        server.onAny((socket, event, arguments) ->
                socket.broadcast().emit(event, arguments.raw().toArray()));

        alice.emit("any", 1, new byte[] {1}, null, List.of(new byte[] {2}));
        alice.emit("nothing");

        assertThat(event(bob).data())
                .hasToString(
                        "[\"any\",1,{\"_placeholder\":true,\"num\":0},null," + "[{\"_placeholder\":true,\"num\":1}]]");
        assertThat(event(bob).attachments()).hasSize(2);
        assertThat(bob.received().get(1)).isEqualTo(TestEvent.of("nothing"));
    }

    @Test
    void acksHoldItInBothDirections() {
        server.onCall(
                "ask",
                RawJson.class,
                (socket, value) -> toBob.call("asked", Arguments.class, value)
                        .thenApply(answer ->
                                Ack.of(Objects.requireNonNull(answer).raw().toArray())));

        TestCall call = alice.emitWithAck("ask", Map.of("q", new byte[] {1}));
        bob.ack(bob.received().get(0), "yes", new byte[] {2});

        assertThat(call.answer()).hasSize(2).first().isEqualTo("yes");
        assertThat((byte[]) call.answer().get(1)).containsExactly(2);
        CompletableFuture<RawJson> raw = toBob.call("raw", RawJson.class);
        bob.ack(bob.received().get(1), Map.of("k", 1));
        assertThat(raw.join()).hasToString("{\"k\":1}");
    }

    @Test
    void anApplicationMayWriteItItself() {
        toBob.emit("own", RawJson.of(" [1, 2]"), RawJson.of("true".getBytes(StandardCharsets.UTF_8)));
        toBob.send(RawJson.of("\"text\""));
        toBob.emit(
                "binary",
                RawJson.of(
                        "{\"b\":{\"num\":0,\"_placeholder\":true}}".getBytes(StandardCharsets.UTF_8),
                        List.of(new byte[] {7})));

        assertThat(bob.received().get(0)).isEqualTo(TestEvent.of("own", List.of(1, 2), true));
        assertThat(bob.received().get(1).args()).containsExactly("text");
        assertThat(bob.received().get(2).args().toString()).startsWith("[{b=[B");
    }

    @Test
    void aTextThatIsNoJsonIsNotSent() {
        for (String text : List.of("", "{", "1 2", "a", "[1],\"x\"", "\"\n\"", "[".repeat(600) + "]".repeat(600))) {
            assertThatThrownBy(() -> toBob.emit("e", RawJson.of(text)))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("not one valid JSON value");
        }
        assertThat(bob.received()).isEmpty();
    }

    /** B14: no receiver may take the text of a client for an attachment of another argument. */
    @Test
    void aPlaceholderWithoutAttachmentIsUserData() {
        for (String key : List.of("_placeholder", "\\u005fplaceholder")) {
            toBob.emit("e", RawJson.of("[{\"" + key + "\":true,\"num\":0}]"), new byte[] {1});
        }
        toBob.emit("e", RawJson.of("{\"_placeholder\":true,\"num\":0}"));

        for (int i = 0; i < 2; i++) {
            List<?> args = bob.received().get(i).args();
            assertThat(args.get(0).toString()).isEqualTo("[{_placeholder=null, num=0}]");
            assertThat((byte[]) args.get(1)).containsExactly(1);
        }
        assertThat(bob.received()).hasSize(3);
    }

    @Test
    void itIsNoPartOfAnotherValue() {
        assertThatThrownBy(() -> toBob.emit("e", List.of(RawJson.of("1"))))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("an argument as a whole");
    }

    @Test
    void itDoesNotChange() {
        byte[] json = "[1]".getBytes(StandardCharsets.UTF_8);
        byte[] attachment = {1};
        RawJson raw = RawJson.of(json, List.of(attachment));
        json[1] = '2';
        attachment[0] = 2;
        raw.bytes()[1] = '3';
        raw.attachments().get(0)[0] = 3;

        assertThat(raw).hasToString("[1]");
        assertThat(raw.attachments().get(0)).containsExactly(1);
    }

    private void send(String event, List<Bytes> attachments, String... json) {
        Bytes[] elements = new Bytes[json.length + 1];
        elements[0] = Bytes.utf8('"' + event + '"');
        for (int i = 0; i < json.length; i++) {
            elements[i + 1] = Bytes.utf8(json[i]);
        }
        alice.connection().send(new Packet.Event("/", Packet.NO_ACK, JsonArray.of(elements), attachments));
    }

    private static Packet.Event event(TestClient client) {
        return client.connection().packets().stream()
                .filter(Packet.Event.class::isInstance)
                .map(Packet.Event.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
