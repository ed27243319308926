package io.everwire.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** The readers take any bytes: they return a message, nothing, or throw {@link ProtocolException}. A message that was read can be written again. */
class WireFuzzTest {
    private static final List<String> CHANNELS = List.of(
            "socket.io#/#",
            "socket.io#/#room#",
            "socket.io-request#/#",
            "socket.io-response#/#",
            "socket.io-response#/#myself#",
            "socket.io#/#myself#");

    private final ClusterOptions options = ClusterOptions.builder()
            .maxMessageBytes(1 << 16)
            .maxAttachments(10)
            .maxRoomsPerMessage(100)
            .build();
    private final Wire classic = new ClassicWire(options, "/", "myself");
    private final Wire sharded = new ShardedWire(options, "/", "myself");

    /** Changes recorded messages at random. */
    @Test
    @Timeout(60)
    void mutatedMessages() {
        List<JsonNode> vectors = Stream.of("classic", "sharded", "emitters")
                .flatMap(Vectors::of)
                .map(Named::getPayload)
                .toList();
        Random random = new Random(46);
        int read = 0;
        for (int i = 0; i < 60_000; i++) {
            JsonNode vector = vectors.get(random.nextInt(vectors.size()));
            byte[] wire = Vectors.wire(vector).toByteArray();
            for (int changes = random.nextInt(4); changes > 0; changes--) {
                wire[random.nextInt(wire.length)] = (byte)
                        (random.nextBoolean()
                                ? random.nextInt(256)
                                : "{}[]\",:0123456789null".charAt(random.nextInt(21)));
            }
            boolean json = wire[0] == '{';
            Wire wires = json && new String(wire, StandardCharsets.ISO_8859_1).contains("\"nsp\"") ? sharded : classic;
            read += read(wires, Vectors.text(vector, "channel"), Bytes.of(wire)) ? 1 : 0;
        }
        // A sample of one kind only would test nothing.
        assertThat(read).isBetween(6_000, 54_000);
    }

    @FuzzTest(maxDuration = "20s")
    void anyBytes(FuzzedDataProvider data) {
        String channel = data.pickValue(CHANNELS);
        Bytes bytes = Bytes.of(data.consumeRemainingAsBytes());
        read(classic, channel, bytes);
        read(sharded, channel, bytes);
    }

    @FuzzTest(maxDuration = "20s")
    void anyJson(FuzzedDataProvider data) {
        String channel = data.pickValue(CHANNELS);
        int type = data.consumeInt(0, 14);
        String rest = data.consumeRemainingAsString();
        Bytes request = Bytes.utf8("{\"uid\":\"other\",\"requestId\":\"id\",\"type\":" + type + "," + rest + "}");
        read(classic, channel, request);
        read(
                sharded,
                channel,
                Bytes.utf8("{\"uid\":\"other\",\"nsp\":\"/\",\"type\":" + type + ",\"data\":{" + rest + "}}"));
    }

    /** Returns whether the bytes are a message. */
    private static boolean read(Wire wire, String channel, Bytes bytes) {
        Wire.Received received;
        try {
            received = wire.decode(channel, bytes);
        } catch (ProtocolException unreadable) {
            return false;
        }
        if (received != null) {
            Wire.Frame frame = received.message() instanceof ClusterMessage.Response response
                    ? wire.encode(response, "other")
                    : wire.encode(received.message());
            if (frame != null) {
                Content.read(
                        frame.bytes(),
                        ClusterOptions.builder().maxMessageBytes(1 << 24).build());
                assertThat(frame.channel()).isNotEmpty();
            }
        }
        return received != null;
    }
}
