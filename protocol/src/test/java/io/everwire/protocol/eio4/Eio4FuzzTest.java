package io.everwire.protocol.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Packet;
import io.everwire.protocol.ProtocolException;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.wire.LinearWork;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Decoding throws nothing but {@link ProtocolException}, and a decoded packet is encoded to the same packet. */
class Eio4FuzzTest {
    private static final Bytes ATTACHMENT = Bytes.utf8("attached");

    @Test
    @Timeout(60)
    void mutatedPackets() {
        Random random = new Random(42);
        int read = 0;
        for (int i = 0; i < 50_000; i++) {
            String sample = Eio4Samples.PACKETS.get(random.nextInt(Eio4Samples.PACKETS.size()));
            read += decode(mutate(sample.getBytes(StandardCharsets.UTF_8), random)) == null ? 0 : 1;
        }
        // A sample of one kind only would test nothing.
        assertThat(read).isBetween(5_000, 45_000);
    }

    @Test
    @Timeout(60)
    void randomBytes() {
        Random random = new Random(43);
        for (int i = 0; i < 30_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            decode(bytes);
        }
    }

    @Test
    void samplesAreReadAndWrittenBack() {
        for (String sample : Eio4Samples.PACKETS) {
            assertThat(decode(sample.getBytes(StandardCharsets.UTF_8)))
                    .as(sample)
                    .isNotNull();
        }
    }

    /** Reads packets of up to a megabyte, in forms that are expensive for parsers. */
    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "1", "\\", "\"", "/", ",", "{\"_placeholder\":true,", "2[\"x\","})
    void longPacketsTakeLinearTime(String unit) {
        int small = SessionOptions.DEFAULTS.maxPayload() / 8 / unit.length();
        LinearWork.assertLinear("payload " + unit, small, size -> packet("51-[\"x\"," + unit.repeat(size)));
        LinearWork.assertLinear("namespace " + unit, small, size -> packet("2/" + unit.repeat(size)));
    }

    @Test
    void manyPlaceholdersTakeLinearTime() {
        LinearWork.assertLinear(
                "placeholders",
                SessionOptions.DEFAULTS.maxPayload() / 240,
                size -> packet("51-[\"x\"" + ",{\"_placeholder\":true,\"num\":0}".repeat(size) + "]"));
    }

    private static Runnable packet(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return () -> decode(bytes);
    }

    @FuzzTest(maxDuration = "60s")
    void anything(byte[] bytes) {
        decode(bytes);
    }

    private static Packet decode(byte[] text) {
        Packet packet;
        try {
            packet = read(Bytes.of(text), null);
        } catch (ProtocolException e) {
            assertThat(e.reason()).isEqualTo(CloseReason.FORCED_CLOSE);
            return null;
        }
        if (packet != null) {
            Encoded encoded = Eio4Encoder.encode(packet);
            Bytes again = encoded.text().slice(1, encoded.text().length());
            // A namespace that was not UTF-8 has become one that is.
            assertThat(read(again, encoded.attachments())).isEqualTo(packet);
        }
        return packet;
    }

    private static Packet read(Bytes text, List<Bytes> attachments) {
        Eio4Decoder decoder = new Eio4Decoder(SessionOptions.DEFAULTS);
        Packet packet = decoder.text(text);
        boolean waits = text.at(0) == '5' || text.at(0) == '6';
        for (int i = 0; packet == null && waits && i < 10; i++) {
            try {
                packet = decoder.binary(attachments == null ? ATTACHMENT : attachments.get(i));
            } catch (ProtocolException e) {
                assertThat(attachments).isNull();
                return null;
            }
        }
        return packet;
    }

    private static byte[] mutate(byte[] bytes, Random random) {
        List<Byte> out = new ArrayList<>();
        for (byte b : bytes) {
            out.add(b);
        }
        String likely = "0123456789[]{}\",:/-\\ \u001eabetn";
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(out.size() + 1);
            byte b = random.nextInt(8) == 0
                    ? (byte) random.nextInt(256)
                    : (byte) likely.charAt(random.nextInt(likely.length()));
            switch (random.nextInt(3)) {
                case 0 -> out.add(at, b);
                case 1 ->
                    out.subList(Math.min(at, out.size()), Math.min(at + 1, out.size()))
                            .clear();
                default -> {
                    if (at < out.size()) {
                        out.set(at, b);
                    }
                }
            }
        }
        byte[] mutated = new byte[out.size()];
        for (int i = 0; i < mutated.length; i++) {
            mutated[i] = out.get(i);
        }
        return mutated;
    }
}
