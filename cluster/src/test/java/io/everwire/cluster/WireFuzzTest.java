package io.everwire.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.ProtocolException;
import java.util.List;

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

    private void read(Wire wire, String channel, Bytes bytes) {
        Wire.Received received;
        try {
            received = wire.decode(channel, bytes);
        } catch (ProtocolException unreadable) {
            return;
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
    }
}
