package io.everwire.engine.frames;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.everwire.engine.Compression;
import io.everwire.protocol.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Arbitrary bytes: the decoder finds the same in one read as in any others, and keeps no more than its limit. */
class FrameFuzzTest {
    private static final int ROUNDS = 5_000;
    private static final int MAX_PAYLOAD = 300;
    private static final int MAX_FRAGMENTS = 10;
    private static final int[] HEADS = {0x81, 0x82, 0x01, 0x02, 0x00, 0x80, 0x89, 0x8A, 0x88, 0xC1, 0x83};

    @Test
    void frames() {
        Random random = new Random(6455);
        MessageDeflate deflate = deflate();
        for (int i = 0; i < ROUNDS; i++) {
            ByteArrayOutputStream sent = new ByteArrayOutputStream();
            for (int count = random.nextInt(6); count >= 0; count--) {
                byte[] payload = new byte[random.nextInt(4) == 0 ? random.nextInt(320) : random.nextInt(12)];
                for (int at = 0; at < payload.length; at++) {
                    payload[at] = (byte) (random.nextInt(200) == 0 ? 0xFF : 'a');
                }
                int head = HEADS[random.nextInt(HEADS.length)];
                boolean compressed = head == 0xC1;
                sent.writeBytes(FrameDecoderTest.frame(
                        head, compressed ? deflate.deflate(Bytes.of(payload)).toByteArray() : payload));
            }
            byte[] bytes = sent.toByteArray();
            for (int mutations = random.nextInt(3); mutations > 0; mutations--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            compare(bytes, random.nextLong());
        }
    }

    @FuzzTest
    void fuzz(byte[] bytes) {
        compare(bytes, 1);
    }

    private static MessageDeflate deflate() {
        return new MessageDeflate(new Compression.Deflate(0, false, 6), MAX_PAYLOAD, true, DeflatePair::new);
    }

    private static void compare(byte[] bytes, long seed) {
        List<String> whole = found(bytes, Integer.MAX_VALUE, new Random(seed));
        assertThat(found(bytes, 40, new Random(seed))).isEqualTo(whole);
        assertThat(found(bytes, 1, new Random(seed))).isEqualTo(whole);
    }

    private static List<String> found(byte[] bytes, int longestRead, Random random) {
        FrameDecoderTest.Found found = new FrameDecoderTest.Found();
        FrameDecoder decoder = new FrameDecoder(MAX_PAYLOAD, MAX_FRAGMENTS, deflate(), found);
        int at = 0;
        while (at < bytes.length) {
            int length = longestRead == Integer.MAX_VALUE ? bytes.length : 1 + random.nextInt(longestRead);
            int end = Math.min(bytes.length, at + length);
            decoder.read(bytes, at, end);
            assertThat(decoder.incomplete()).isLessThanOrEqualTo(2 * MAX_PAYLOAD + 24 * MAX_FRAGMENTS);
            at = end;
        }
        return found.all;
    }
}
