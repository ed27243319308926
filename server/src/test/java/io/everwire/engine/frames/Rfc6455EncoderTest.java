package io.everwire.engine.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.engine.Compression;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.SendOptions;
import io.everwire.protocol.WebSocketLine;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class Rfc6455EncoderTest {
    private static final Compression.Deflate STATELESS = new Compression.Deflate(10, false, 1);
    private static final Compression.Deflate TAKEOVER = new Compression.Deflate(10, true, 1);
    private static final SendOptions ALONE = new SendOptions(true, 1);
    private static final SendOptions SHARED = new SendOptions(true, 2);
    private static final SendOptions SHARED_PLAIN = new SendOptions(false, 2);
    private static final Bytes LONG = Bytes.utf8("0123456789".repeat(10));

    private final Recorded sent = new Recorded();

    @Test
    void messagesPongsAndClosesWithoutCompression() {
        Rfc6455Encoder encoder = Rfc6455Encoder.of(null);
        encoder.text(sent, Bytes.utf8("a"), ALONE);
        encoder.binary(sent, Bytes.utf8("b"), SHARED);
        encoder.pong(sent, Bytes.utf8("p"));
        encoder.close(sent, 1002);
        encoder.close(sent, WebSocketLine.NO_STATUS);

        assertThat(sent.frames).containsExactly("81 1", "shared 82 1", "8a 1", "88 2", "88 0");
        assertThat(sent.last(3)).isEqualTo(Bytes.of(new byte[] {3, (byte) 0xEA}));
    }

    @Test
    void longMessagesAreCompressedIfAskedFor() {
        Rfc6455Encoder encoder = encoder(STATELESS, true);
        encoder.text(sent, Bytes.utf8("short"), ALONE);
        encoder.text(sent, LONG, SendOptions.PLAIN);
        encoder.text(sent, LONG, SHARED_PLAIN);
        encoder.text(sent, LONG, SHARED);
        encoder.text(sent, LONG, ALONE);

        assertThat(sent.frames.subList(0, 4))
                .containsExactly("81 5", "81 100", "shared 81 100", "shared c1 100 compressed");
        assertThat(sent.frames.get(4)).startsWith("c1 ");
        assertThat(sent.last(4).length()).isLessThan(50);
    }

    @Test
    void messagesThatReferToEarlierOnesAreNotShared() {
        encoder(TAKEOVER, false).text(sent, LONG, SHARED);
        encoder(TAKEOVER, true).text(sent, LONG, SHARED);

        assertThat(sent.frames.get(0)).startsWith("c1 ");
        assertThat(sent.frames.get(1)).isEqualTo("shared c1 100 compressed");
    }

    private static Rfc6455Encoder encoder(Compression.Deflate options, boolean stateless) {
        return Rfc6455Encoder.of(new MessageDeflate(options, 1000, stateless, DeflatePair::new));
    }

    /** Records the first byte and the size of each frame. */
    private static final class Recorded implements FrameOutput {
        final List<String> frames = new ArrayList<>();
        private final List<Bytes> payloads = new ArrayList<>();

        Bytes last(int index) {
            return payloads.get(index);
        }

        @Override
        public void frame(int firstByte, Bytes payload) {
            frames.add(Integer.toHexString(firstByte) + " " + payload.length());
            payloads.add(payload);
        }

        @Override
        public void sharedFrame(int firstByte, Bytes message, @Nullable MessageDeflate deflate) {
            frames.add("shared " + Integer.toHexString(firstByte) + " " + message.length()
                    + (deflate == null ? "" : " compressed"));
            payloads.add(message);
        }
    }
}
