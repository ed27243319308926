package io.everwire.engine.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.engine.Compression;
import io.everwire.protocol.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DataFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageDeflateTest {
    private static final int MAX = 100_000;
    private static final Compression.Deflate FORGETS = new Compression.Deflate(10, false, 1);
    private static final Compression.Deflate REMEMBERS = new Compression.Deflate(10, true, 6);

    private final MessageDeflate forgetful = new MessageDeflate(FORGETS, MAX, true, DeflatePair::new);

    @Test
    void theExampleOfTheRfcIsRead() throws Exception {
        // The examples of RFC 7692, sections 7.2.3.1 and, with BFINAL set, 7.2.3.4.
        byte[] hello = {(byte) 0xf2, 0x48, (byte) 0xcd, (byte) 0xc9, (byte) 0xc9, 0x07, 0x00};
        byte[] last = {(byte) 0xf3, 0x48, (byte) 0xcd, (byte) 0xc9, (byte) 0xc9, 0x07, 0x00, 0x00};
        byte[] stored = {0x00, 0x05, 0x00, (byte) 0xfa, (byte) 0xff, 0x48, 0x65, 0x6c, 0x6c, 0x6f, 0x00};
        byte[] twoBlocks = {
            (byte) 0xf2,
            0x48,
            0x05,
            0x00,
            0x00,
            0x00,
            (byte) 0xff,
            (byte) 0xff,
            (byte) 0xca,
            (byte) 0xc9,
            (byte) 0xc9,
            0x07,
            0x00
        };
        for (byte[] message : new byte[][] {hello, last, stored, twoBlocks, hello}) {
            assertThat(text(forgetful.inflate(message))).isEqualTo("Hello");
        }
    }

    @Test
    void aMessageMayReferToTheOneBeforeIfBothRemember() throws Exception {
        // The example of RFC 7692, section 7.2.3.2.
        MessageDeflate remembers = new MessageDeflate(REMEMBERS, MAX, false, DeflatePair::new);
        byte[] hello = {(byte) 0xf2, 0x48, (byte) 0xcd, (byte) 0xc9, (byte) 0xc9, 0x07, 0x00};
        byte[] again = {(byte) 0xf2, 0x00, 0x11, 0x00, 0x00};
        assertThat(text(remembers.inflate(hello))).isEqualTo("Hello");
        assertThat(text(remembers.inflate(again))).isEqualTo("Hello");
        remembers.end();

        assertThat(text(forgetful.inflate(hello))).isEqualTo("Hello");
        assertThatThrownBy(() -> forgetful.inflate(again)).isInstanceOf(DataFormatException.class);
        assertThat(text(forgetful.inflate(hello)))
                .as("the next message is not affected")
                .isEqualTo("Hello");
    }

    @Test
    void contextTakeoverMakesRepeatedMessagesShorter() {
        MessageDeflate remembers = new MessageDeflate(REMEMBERS, MAX, false, DeflatePair::new);
        Bytes message = Bytes.of(random(2000, 256, 1));
        assertThat(remembers.deflate(message).length()).isGreaterThan(1900);
        assertThat(remembers.deflate(message).length()).isLessThan(100);
        remembers.end();

        MessageDeflate asked = new MessageDeflate(REMEMBERS, MAX, true, DeflatePair::new);
        asked.deflate(message);
        assertThat(asked.deflate(message).length())
                .as("the client requested the opposite")
                .isGreaterThan(1900);
        asked.end();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void compressedMessagesExpandToThemselves(boolean takeover) throws Exception {
        Compression.Deflate options = takeover ? REMEMBERS : FORGETS;
        MessageDeflate one = new MessageDeflate(options, MAX, !takeover, DeflatePair::new);
        MessageDeflate other = new MessageDeflate(options, MAX, !takeover, DeflatePair::new);
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            byte[] message = random(1 + random.nextInt(i % 50 == 0 ? MAX : 3000), 1 + random.nextInt(256), i);
            assertThat(other.inflate(one.deflate(Bytes.of(message)).toByteArray()))
                    .isEqualTo(message);
        }
        one.end();
        other.end();
    }

    @Test
    void nothingThatIsReceivedCostsMoreThanTheLimit() {
        Random random = new Random(11);
        byte[] real = forgetful.deflate(Bytes.of(random(5000, 4, 3))).toByteArray();
        for (int i = 0; i < 20_000; i++) {
            byte[] message = i % 2 == 0 ? Arrays.copyOf(real, real.length) : random(random.nextInt(60), 256, i);
            for (int flips = random.nextInt(4); flips > 0 && message.length > 0; flips--) {
                message[random.nextInt(message.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                assertThat(forgetful.inflate(message).length).isLessThanOrEqualTo(MAX);
            } catch (MessageDeflate.TooLarge | DataFormatException refused) {
                assertThat(refused.getMessage()).isNotEqualTo("");
            }
        }
    }

    /** A7: also at the largest ratio, which compressing zeros reaches. */
    @Test
    void honestDataExpandsToAnySizeBelowTheLimit() throws Exception {
        byte[] zeros = new byte[66_000];
        byte[] array = ("42[\"e\",[" + "0,".repeat(40_000) + "0]]").getBytes(StandardCharsets.US_ASCII);
        byte[] largest = new byte[MAX];
        for (byte[] message : new byte[][] {zeros, array, largest}) {
            byte[] sent = forgetful.deflate(Bytes.of(message)).toByteArray();
            assertThat(message.length / sent.length).isGreaterThan(200);
            assertThat(forgetful.inflate(sent)).isEqualTo(message);
        }
        byte[] tooLarge = forgetful.deflate(Bytes.of(new byte[MAX + 1])).toByteArray();
        assertThatThrownBy(() -> forgetful.inflate(tooLarge)).isInstanceOf(MessageDeflate.TooLarge.class);
    }

    /** B16: each stream may end with BFINAL; the message is all of them. */
    @Test
    void nothingBehindALastBlockIsLost() throws Exception {
        byte[] last = {(byte) 0xf3, 0x48, (byte) 0xcd, (byte) 0xc9, (byte) 0xc9, 0x07, 0x00};
        byte[] open = {(byte) 0xf2, 0x48, (byte) 0xcd, (byte) 0xc9, (byte) 0xc9, 0x07, 0x00};
        ByteArrayOutputStream several = new ByteArrayOutputStream();
        several.writeBytes(last);
        several.writeBytes(last);
        several.writeBytes(open);
        assertThat(text(forgetful.inflate(several.toByteArray()))).isEqualTo("HelloHelloHello");
        ByteArrayOutputStream garbage = new ByteArrayOutputStream();
        garbage.writeBytes(last);
        garbage.writeBytes(new byte[] {-1, -1, -1});
        assertThatThrownBy(() -> forgetful.inflate(garbage.toByteArray())).isInstanceOf(DataFormatException.class);
    }

    private static byte[] random(int length, int letters, long seed) {
        Random random = new Random(seed);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) random.nextInt(letters);
        }
        return bytes;
    }

    private static String text(byte[] message) {
        return new String(message, StandardCharsets.UTF_8);
    }
}
