package io.everwire.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.adapter.SocketDetails;
import io.everwire.protocol.Bytes;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Compares with the Node adapters and emitters ({@code vectors/cluster}). */
class WireVectorTest {
    /** The uid and the request ids of the classic vectors, and of the others. */
    private static final String CLASSIC_ID = "tH0c5_";

    private static final String SHARDED_ID = "5a5a5a5a5a5a5a5a";

    /** Bytes that this side does not write: a room is a text here. And several rooms have no order. */
    private static final Set<String> OTHER_BYTES = Set.of(
            "broadcast to a room that is a number", "broadcast to two rooms", "broadcast to a room except two", "join");

    /**
     * Messages of the classic wire that are JSON here and msgpack there, or the reverse. A Node reader decides by the first byte. The
     * reader of socket.io-redis 5.4, which may share the channels, fails for msgpack; a {@code Buffer} in JSON arrives as an object.
     */
    private static final Set<String> OTHER_FORM = Set.of(
            "call",
            "ack of nothing",
            "ack of null",
            "ack of a number",
            "ack of an object",
            "server event with binary",
            "reply of binary");

    static Stream<Named<JsonNode>> classic() {
        return Vectors.of("classic");
    }

    static Stream<Named<JsonNode>> sharded() {
        return Vectors.of("sharded");
    }

    static Stream<Named<JsonNode>> emitters() {
        return Vectors.of("emitters");
    }

    @ParameterizedTest
    @MethodSource("classic")
    void classicMessagesAreRead(JsonNode vector) {
        Wire wire = new ClassicWire(ClusterOptions.DEFAULTS, Vectors.namespace(vector), "myself");
        if (!Set.of("names of rooms", "ids of sockets").contains(Vectors.text(vector, "name"))) {
            isRead(wire, vector, CLASSIC_ID);
        }
    }

    @ParameterizedTest
    @MethodSource("sharded")
    void shardedMessagesAreRead(JsonNode vector) {
        isRead(new ShardedWire(ClusterOptions.DEFAULTS, Vectors.namespace(vector), "myself"), vector, SHARDED_ID);
    }

    @ParameterizedTest
    @MethodSource("emitters")
    void messagesOfEmittersAreRead(JsonNode vector) {
        isRead(new ClassicWire(ClusterOptions.DEFAULTS, "/", "myself"), vector, CLASSIC_ID);
    }

    private static void isRead(Wire wire, JsonNode vector, String requestId) {
        Wire.Received received = wire.decode(Vectors.text(vector, "channel"), Vectors.wire(vector));
        assertThat(received).isNotNull();
        if (received.message() instanceof ClusterMessage.Sockets sockets) {
            JsonNode expected = vector.get("message").get("sockets");
            assertThat(sockets.sockets()).hasSize(expected.size());
            for (int i = 0; i < expected.size(); i++) {
                isSocket(sockets.sockets().get(i), expected.get(i));
            }
        } else if (withBinaryAsJson(vector)) {
            assertThat(received.message().toString()).contains("{\"type\":\"Buffer\",\"data\":[");
        } else {
            assertThat(received.message()).isEqualTo(Vectors.message(vector, requestId));
        }
    }

    /** The classic adapter writes events for servers and their replies as JSON always. */
    private static boolean withBinaryAsJson(JsonNode vector) {
        return Set.of("server event with binary", "reply of binary").contains(Vectors.text(vector, "name"))
                && Vectors.wire(vector).at(0) == '{';
    }

    private static void isSocket(SocketDetails socket, JsonNode expected) {
        assertThat(socket.id()).isEqualTo(Vectors.text(expected, "id"));
        assertThat(socket.rooms()).hasSize(expected.get("rooms").size());
        assertThat(socket.data().toString()).isEqualTo(expected.get("data").toString());
        assertThat(socket.handshake().toString()).contains("\"url\":\"" + Vectors.text(expected, "url") + "\"");
    }

    @ParameterizedTest
    @MethodSource("classic")
    void classicMessagesAreWritten(JsonNode vector) {
        Wire wire = new ClassicWire(ClusterOptions.DEFAULTS, Vectors.namespace(vector), CLASSIC_ID);
        if (!Vectors.text(vector, "name").equals("list of rooms")) {
            isWritten(wire, vector, CLASSIC_ID, "other1");
        }
    }

    @ParameterizedTest
    @MethodSource("sharded")
    void shardedMessagesAreWritten(JsonNode vector) {
        SubscriptionMode mode = vector.has("mode")
                ? SubscriptionMode.valueOf(
                        Vectors.text(vector, "mode").replace('-', '_').toUpperCase(java.util.Locale.ROOT))
                : SubscriptionMode.DYNAMIC;
        ClusterOptions options = ClusterOptions.builder().sharded(mode).build();
        // In the answers that were recorded, the other server has the id of all requests.
        boolean answers = Vectors.text(vector, "channel").contains(SHARDED_ID);
        String uid = answers ? "ffffffffffffffff" : SHARDED_ID;
        isWritten(new ShardedWire(options, Vectors.namespace(vector), uid), vector, SHARDED_ID, SHARDED_ID);
    }

    private static void isWritten(Wire wire, JsonNode vector, String requestId, String to) {
        String kind = Vectors.text(vector.get("message"), "kind");
        if (kind.equals("sockets")) {
            return;
        }
        ClusterMessage message = Vectors.message(vector, requestId);
        Wire.Frame frame = Objects.requireNonNull(
                message instanceof ClusterMessage.Response response ? wire.encode(response, to) : wire.encode(message));
        String name = Vectors.text(vector, "name");
        Bytes expected = Vectors.wire(vector);
        boolean uidAdded = message instanceof ClusterMessage.Response && wire instanceof ClassicWire;
        assertThat(frame.channel()).isEqualTo(Vectors.text(vector, "channel"));
        assertThat(frame.kind().name().toLowerCase(java.util.Locale.ROOT)).isEqualTo(Vectors.text(vector, "kind"));
        boolean otherForm = wire instanceof ClassicWire && OTHER_FORM.contains(name);
        assertThat(frame.bytes().at(0) == '{').isEqualTo((expected.at(0) == '{') != otherForm);
        if (withBinaryAsJson(vector)) {
            return;
        }
        if (!name.contains("a number")) {
            assertThat(Vectors.comparable(frame.bytes(), !uidAdded)).isEqualTo(Vectors.comparable(expected, !uidAdded));
        }
        if (!OTHER_BYTES.contains(name) && !otherForm && !uidAdded) {
            assertThat(frame.bytes()).isEqualTo(expected);
        }
    }
}
