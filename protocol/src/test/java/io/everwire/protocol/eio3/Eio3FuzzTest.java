package io.everwire.protocol.eio3;

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
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Decoding throws nothing but {@link ProtocolException}, and a decoded packet is encoded to the same packet. */
class Eio3FuzzTest {
    private static final Bytes ATTACHMENT = Bytes.utf8("attached");
    private static final String LIKELY = "0123456789[]{}\",:/-\\ ?=&abetn\u0000\u0001\u0004\u00c3\u00a9\u00ff";

    private static final List<String> PACKETS = List.of(
            "0",
            "0/admin?a=1&b=%20,",
            "0/admin,{}",
            "1",
            "1/admin,",
            "2[\"hello\",1,null,{\"a\":[]}]",
            "20[\"ask\"]",
            "2/admin,13[\"\u00e9 \u20ac \ud83d\ude00 \u2028\",\"\\ud83d\"]",
            "31[\"x\"]",
            "3/admin,9007199254740991[]",
            "4\"no\"",
            "51-[\"x\",{\"_placeholder\":true,\"num\":0}]",
            "61-0[{\"_placeholder\":true,\"num\":0}]");

    private static final List<String> PAYLOADS = List.of(
            "7:42[\"x\"]1:2",
            "5:4\u00e9\u20ac\ud83d\ude00",
            "7:4\u00c3\u00a9\u00e2\u0082\u00ac\u00ff",
            "6:b4AQI=9:451-[\"x\"]",
            "1:1");

    private static final List<String> BINARY_PAYLOADS = List.of(
            "\u0000\u0007\u00ff42[\"x\"]\u0000\u0001\u00ff2",
            "\u0001\u0003\u00ff\u0004ab",
            "\u0000\u0001\u0000\u00ff4123456789");

    @Test
    @Timeout(60)
    void mutatedPackets() {
        Random random = new Random(42);
        int read = 0;
        for (int i = 0; i < 40_000; i++) {
            String sample = PACKETS.get(random.nextInt(PACKETS.size()));
            read += decode(mutate(sample.getBytes(StandardCharsets.UTF_8), random)) == null ? 0 : 1;
        }
        // A sample of one kind only would test nothing.
        assertThat(read).isBetween(4_000, 36_000);
    }

    @Test
    @Timeout(60)
    void mutatedPayloads() {
        Random random = new Random(44);
        int read = 0;
        for (int i = 0; i < 40_000; i++) {
            boolean binary = random.nextBoolean();
            List<String> samples = binary ? BINARY_PAYLOADS : PAYLOADS;
            String sample = samples.get(random.nextInt(samples.size()));
            byte[] bytes = sample.getBytes(binary ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
            read += split(mutate(bytes, random), binary) ? 1 : 0;
        }
        assertThat(read).isBetween(2_000, 38_000);
    }

    @Test
    @Timeout(60)
    void randomBytes() {
        Random random = new Random(43);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            decode(bytes);
            split(bytes, true);
            split(bytes, false);
            form(bytes);
        }
    }

    @Test
    void samplesAreRead() {
        for (String sample : PAYLOADS) {
            assertThat(split(sample.getBytes(StandardCharsets.UTF_8), false))
                    .as(sample)
                    .isTrue();
        }
        for (String sample : BINARY_PAYLOADS) {
            assertThat(split(sample.getBytes(StandardCharsets.ISO_8859_1), true))
                    .as(sample)
                    .isTrue();
        }
    }

    /** Reads bodies of up to a quarter of a megabyte, in forms that are expensive for parsers. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1:6",
                "0:",
                "1",
                ":",
                "4:4\u00c3\u00a9\u00c3\u00a9",
                "\\n",
                "\\\\n",
                "%",
                "d=&",
                "\u0000\u0000\u00ff",
                "\u0001\u0000\u00ff",
                "\u0000"
            })
    void longBodiesTakeLinearTime(String unit) {
        int small = SessionOptions.DEFAULTS.maxPayload() / 32 / unit.length();
        LinearWork.assertLinear("split " + unit, small, size -> {
            byte[] body = unit.repeat(size).getBytes(StandardCharsets.UTF_8);
            return () -> split(body, false);
        });
        LinearWork.assertLinear("split binary " + unit, small, size -> {
            byte[] body = unit.repeat(size).getBytes(StandardCharsets.ISO_8859_1);
            return () -> split(body, true);
        });
        LinearWork.assertLinear("form " + unit, small, size -> {
            byte[] body = unit.repeat(size).getBytes(StandardCharsets.UTF_8);
            byte[] field = ("d=" + unit.repeat(size)).getBytes(StandardCharsets.UTF_8);
            return () -> {
                form(body);
                form(field);
            };
        });
        LinearWork.assertLinear("decode " + unit, small, size -> {
            byte[] packet = ("0/n?" + unit.repeat(size)).getBytes(StandardCharsets.UTF_8);
            return () -> decode(packet);
        });
    }

    @FuzzTest(maxDuration = "60s")
    void anything(byte[] bytes) {
        decode(bytes);
        split(bytes, true);
        split(bytes, false);
        form(bytes);
    }

    private static boolean split(byte[] body, boolean binary) {
        for (String query : List.of("?EIO=3", "?EIO=2", "?EIO=3&t=1405512345678-0")) {
            try {
                Eio3Payload.Reader reader = new Eio3Payload.Reader(Bytes.of(body), binary, Eio3Dialect.of(query));
                int length = 0;
                for (Eio3Payload.Part part = reader.next(); part != null; part = reader.next()) {
                    length += part.bytes().length();
                    if (!part.binary()
                            && !part.bytes().isEmpty()
                            && part.bytes().at(0) == 'b') {
                        Eio3Payload.binaryOfText(part.bytes());
                    }
                }
                // Bytes that are not UTF-8 may have grown into U+FFFD.
                assertThat(length).isLessThanOrEqualTo(2 * body.length);
            } catch (ProtocolException e) {
                assertThat(e.reason()).isEqualTo(CloseReason.PARSE_ERROR);
                return false;
            }
        }
        return true;
    }

    private static void form(byte[] form) {
        Bytes payload = Eio3Jsonp.payload(Bytes.of(form));
        if (payload != null) {
            assertThat(Eio3Jsonp.script("0", payload).toString()).isASCII().doesNotContain("<");
        }
    }

    private static Packet decode(byte[] text) {
        Packet packet;
        try {
            packet = read(Bytes.of(text), null);
        } catch (ProtocolException e) {
            assertThat(e.reason()).isEqualTo(CloseReason.FORCED_CLOSE);
            return null;
        }
        if (packet instanceof Packet.Event || packet instanceof Packet.Ack || packet instanceof Packet.Disconnect) {
            Encoded encoded = Eio3Encoder.encode(packet);
            Bytes again = encoded.text().slice(1, encoded.text().length());
            Encoded twice = Eio3Encoder.encode(read(again, encoded.attachments()));
            assertThat(twice).isEqualTo(encoded);
        }
        return packet;
    }

    private static Packet read(Bytes text, List<Bytes> attachments) {
        Eio3Decoder decoder = new Eio3Decoder(SessionOptions.DEFAULTS);
        Packet packet = decoder.text(text);
        boolean waits = text.at(0) == '5' || text.at(0) == '6';
        for (int i = 0; packet == null && waits && i < 10; i++) {
            try {
                packet = decoder.binary(attachments == null ? ATTACHMENT : untyped(attachments.get(i)));
            } catch (ProtocolException e) {
                assertThat(attachments).isNull();
                return null;
            }
        }
        return packet;
    }

    private static Bytes untyped(Bytes attachment) {
        return attachment.slice(1, attachment.length());
    }

    private static byte[] mutate(byte[] bytes, Random random) {
        byte[] mutated = bytes;
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(mutated.length + 1);
            int until = Math.min(mutated.length, at + random.nextInt(2));
            byte[] with = random.nextInt(3) == 0 ? new byte[0] : new byte[] {likely(random)};
            byte[] next = Arrays.copyOf(mutated, mutated.length - (until - at) + with.length);
            System.arraycopy(with, 0, next, at, with.length);
            System.arraycopy(mutated, until, next, at + with.length, mutated.length - until);
            mutated = next;
        }
        return mutated;
    }

    private static byte likely(Random random) {
        return random.nextInt(8) == 0
                ? (byte) random.nextInt(256)
                : (byte) LIKELY.charAt(random.nextInt(LIKELY.length()));
    }
}
