package io.everwire.protocol.eio4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Packet;
import io.everwire.protocol.ProtocolException;
import java.util.Base64;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Compares with socket.io-msgpack-parser ({@code vectors/eio4/msgpack-*.json}). */
class Eio4MsgpackVectorTest {
    /**
     * Accepted by the original and rejected here: packets that the default parser rejects as well, and forms that no
     * client writes. The wire card lists them.
     */
    private static final Set<String> STRICTER = Set.of(
            "a whole double for a type",
            "a whole double for an id",
            "null for a key",
            "array for a key",
            "fraction for a key",
            "number for a key of the packet",
            "text that is not UTF-8",
            "overlong text",
            "surrogate in text",
            "namespace without slash",
            "empty namespace",
            "namespace with a comma",
            "event without a name",
            "event with a reserved name",
            "event with an object for a name",
            "event with null for a name",
            "event with binary for a name",
            "negative id",
            "id 2^53",
            "eleven binaries",
            "what looks like a placeholder beside binary",
            "binary in connect");

    static Stream<Named<JsonNode>> packets() {
        return Eio4VectorTest.vectors("msgpack-packets");
    }

    static Stream<Named<JsonNode>> decodes() {
        return Eio4VectorTest.vectors("msgpack-decode");
    }

    @ParameterizedTest
    @MethodSource("packets")
    void packetsAreReadAndWrittenBack(JsonNode vector) {
        Bytes wire = wire(vector);
        Packet packet = decode(wire);
        assertThat(Eio4VectorTest.Json.same(vector.get("packet"), packet))
                .as("%s", packet)
                .isTrue();

        Encoded written = Eio4MsgpackWriter.write(Eio4Encoder.encode(packet));
        assertThat(written.text()).isEqualTo(Bytes.EMPTY);
        assertThat(written.attachments()).containsExactly(wire);
    }

    @ParameterizedTest
    @MethodSource("decodes")
    void packetsAreReadAsStrictlyAsThere(JsonNode vector) {
        if (vector.has("error") || STRICTER.contains(vector.get("name").stringValue())) {
            assertThatThrownBy(() -> decode(wire(vector))).isInstanceOf(ProtocolException.class);
            return;
        }
        Packet packet = decode(wire(vector));
        JsonNode result = vector.get("result");
        boolean nobodyHears = result.get("type").intValue() == Eio4Encoder.ACK && !result.has("id");
        assertThat(nobodyHears ? packet == null : Eio4VectorTest.Json.same(result, packet))
                .as("%s", packet)
                .isTrue();
    }

    private static Packet decode(Bytes wire) {
        return new Eio4Msgpack(Eio4Samples.DEEP).binary(wire);
    }

    private static Bytes wire(JsonNode vector) {
        return Bytes.of(Base64.getDecoder().decode(vector.get("wire").stringValue()));
    }
}
