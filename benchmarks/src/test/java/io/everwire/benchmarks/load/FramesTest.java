package io.everwire.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class FramesTest {
    @Test
    void areMaskedAsAClientMust() {
        ByteBuf frame = Frames.single(Frames.TEXT, "42[\"echo\",1]");
        assertThat(frame.readUnsignedByte()).isEqualTo((short) 0x81);
        assertThat(frame.readUnsignedByte()).isEqualTo((short) (0x80 | 12));
        assertThat(unmasked(frame, 12)).isEqualTo("42[\"echo\",1]");
        assertThat(frame.isReadable()).isFalse();
    }

    @Test
    void ofMoreThan125BytesSayTheirLengthInTwo() {
        String text = "x".repeat(300);
        ByteBuf frame = Frames.single(Frames.TEXT, text);
        assertThat(frame.readUnsignedShort()).isEqualTo(0x81FE);
        assertThat(frame.readUnsignedShort()).isEqualTo(300);
        assertThat(unmasked(frame, 300)).isEqualTo(text);
    }

    @Test
    void runOnFromTheLastToTheFirst() {
        Frames frames = Frames.text(i -> "message " + (1_000 + i));
        ByteBuf run = frames.run(2L * Frames.COUNT - 1, 2);
        run.skipBytes(2);
        assertThat(unmasked(run, 12)).isEqualTo("message 1255");
        run.skipBytes(2);
        assertThat(unmasked(run, 12)).isEqualTo("message 1000");
        assertThat(run.isReadable()).isFalse();
    }

    @Test
    void areOfOneLength() {
        assertThatIllegalArgumentException().isThrownBy(() -> Frames.text(Integer::toString));
    }

    @Test
    void carryAHundredBytesEach() {
        for (int i = 0; i < Frames.COUNT; i++) {
            assertThat(Loads.payload(i)).hasSize(100);
        }
    }

    private static String unmasked(ByteBuf frame, int length) {
        byte[] mask = new byte[4];
        byte[] text = new byte[length];
        frame.readBytes(mask).readBytes(text);
        for (int i = 0; i < length; i++) {
            text[i] ^= mask[i & 3];
        }
        return new String(text, StandardCharsets.UTF_8);
    }
}
