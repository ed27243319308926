package io.everwire.netty;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.everwire.protocol.ProtocolException;
import io.everwire.protocol.text.Utf8;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Arbitrary bytes: the decoder finds the messages that a decoder of the whole input finds, and keys follow plain
 * arithmetic.
 */
class HixieFuzzTest {
    private static final int ROUNDS = 20_000;
    private static final int MAX_PAYLOAD = 16;
    private static final byte[] FRAME_BYTES = {0, 0, -1, -1, 'a', 'b', (byte) 0xC3, (byte) 0xA9, 1, (byte) 0x80, 'c'};
    private static final String KEY_CHARACTERS = "0123456789     ax";

    @Test
    void mutatedFrames() {
        Random random = new Random(20100506);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = new byte[random.nextInt(48)];
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = FRAME_BYTES[random.nextInt(FRAME_BYTES.length)];
            }
            frames(bytes, random.nextLong());
        }
    }

    @Test
    void mutatedKeys() {
        Random random = new Random(20100507);
        for (int i = 0; i < ROUNDS; i++) {
            StringBuilder key = new StringBuilder();
            for (int length = random.nextInt(30); key.length() < length; ) {
                key.append(KEY_CHARACTERS.charAt(random.nextInt(KEY_CHARACTERS.length())));
            }
            key(key.toString());
        }
    }

    @FuzzTest
    void fuzzFrames(byte[] bytes) {
        frames(bytes, 1);
    }

    @FuzzTest
    void fuzzKeys(byte[] key) {
        key(new String(key, StandardCharsets.ISO_8859_1));
    }

    /** Decodes the bytes in parts, and compares with {@link #expected}. */
    private static void frames(byte[] bytes, long seed) {
        Random random = new Random(seed);
        HixieDecoder text = new HixieDecoder(MAX_PAYLOAD);
        List<String> found = new ArrayList<>();
        try {
            for (int from = 0; from < bytes.length; ) {
                int to = Math.min(bytes.length, from + 1 + random.nextInt(8));
                receive(text, Unpooled.wrappedBuffer(bytes, from, to - from), found);
                from = to;
            }
            if (text.closed()) {
                found.add("end");
            }
        } catch (ProtocolException broken) {
            found.add("broken");
        }
        assertThat(found).isEqualTo(expected(bytes));
    }

    private static void receive(HixieDecoder text, ByteBuf in, List<String> found) {
        for (byte[] message = text.next(in); message != null; message = text.next(in)) {
            found.add("text " + new String(message, StandardCharsets.UTF_8));
        }
        assertThat(in.isReadable()).isFalse();
    }

    private static List<String> expected(byte[] bytes) {
        List<String> expected = new ArrayList<>();
        int at = 0;
        while (at < bytes.length && bytes[at] == 0) {
            int end = at + 1;
            while (end < bytes.length && bytes[end] != -1) {
                end++;
            }
            boolean whole = end < bytes.length;
            if (end - at - 1 > MAX_PAYLOAD || (whole && !Utf8.isValid(bytes, at + 1, end))) {
                expected.add("broken");
            } else if (whole) {
                expected.add("text " + new String(bytes, at + 1, end - at - 1, StandardCharsets.UTF_8));
            }
            if (!whole || expected.contains("broken")) {
                return expected;
            }
            at = end + 1;
        }
        boolean half = at + 1 == bytes.length && bytes[at] == -1;
        if (at < bytes.length && !half) {
            expected.add(bytes[at] == -1 && bytes[at + 1] == 0 ? "end" : "broken");
        }
        return expected;
    }

    private static void key(String key) {
        String digits = key.replaceAll("[^0-9]", "");
        long spaces = key.chars().filter(c -> c == ' ').count();
        long expected = -1;
        if (!digits.isEmpty() && spaces > 0) {
            BigInteger[] parts = new BigInteger(digits).divideAndRemainder(BigInteger.valueOf(spaces));
            boolean fits = parts[0].bitLength() <= 32 && parts[1].signum() == 0;
            expected = fits ? parts[0].longValueExact() : -1;
        }
        assertThat(HixieHandshake.number(key)).as(key).isEqualTo(expected);
    }
}
