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
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reading msgpack throws nothing but {@link ProtocolException}, and a packet that was read is written to the same
 * packet.
 */
class Eio4MsgpackFuzzTest {
    private static final int MOST = SessionOptions.DEFAULTS.maxPayload();

    /** An event of one argument, up to that argument. */
    private static final byte[] HEAD =
            "\u0083\u00a4type\u0002\u00a3nsp\u00a1/\u00a4data\u0092\u00a1x".getBytes(StandardCharsets.ISO_8859_1);

    @Test
    @Timeout(60)
    void mutatedPackets() {
        List<byte[]> samples = Stream.concat(Eio4MsgpackVectorTest.packets(), Eio4MsgpackVectorTest.decodes())
                .map(vector -> Base64.getDecoder()
                        .decode(vector.getPayload().get("wire").stringValue()))
                .filter(wire -> wire.length > 0 && wire.length < 300)
                .toList();
        Random random = new Random(44);
        int read = 0;
        for (int i = 0; i < 60_000; i++) {
            byte[] wire = samples.get(random.nextInt(samples.size())).clone();
            for (int changes = random.nextInt(4); changes > 0; changes--) {
                wire[random.nextInt(wire.length)] = likely(random);
            }
            read += decode(wire) == null ? 0 : 1;
        }
        // A sample of one kind only would test nothing.
        assertThat(read).isBetween(6_000, 54_000);
    }

    @Test
    @Timeout(60)
    void randomArguments() {
        Random random = new Random(45);
        int read = 0;
        for (int i = 0; i < 60_000; i++) {
            ByteArrayOutputStream wire = new ByteArrayOutputStream();
            wire.writeBytes(HEAD);
            for (int left = 1 + random.nextInt(12); left > 0; left--) {
                wire.write(likely(random));
            }
            read += decode(wire.toByteArray()) == null ? 0 : 1;
        }
        assertThat(read).isBetween(2_000, 58_000);
    }

    /** Packets that clients of the default parser may send arrive at clients of this one unchanged. */
    @Test
    @Timeout(60)
    void packetsOfTheDefaultParser() {
        Random random = new Random(46);
        String likely = "0123456789-+.eE[]{}\",:\\ u_placeholdernumtruefals";
        for (int i = 0; i < 60_000; i++) {
            StringBuilder json =
                    new StringBuilder("[\"x\",[{\"_placeholder\":true,\"num\":0},1.5e3,\"é\\n\",{\"a\":-1}]]");
            for (int changes = random.nextInt(4); changes > 0; changes--) {
                json.setCharAt(random.nextInt(json.length()), likely.charAt(random.nextInt(likely.length())));
            }
            Packet packet = Eio4Samples.decode("51-" + json, Bytes.utf8("attached"));
            if (packet != null) {
                Encoded written = Eio4MsgpackWriter.write(Eio4Encoder.encode(packet));
                byte[] wire = written.attachments().get(0).toByteArray();
                // Only keys that look like a placeholder beside another are rejected.
                decode(wire);
            }
        }
    }

    /** The longest that can be said in a megabyte, in the shapes that hurt parsers. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "91",
                "81a161",
                "c2",
                "c400",
                "a0",
                "d40000",
                "cb3fb999999999999a",
                "a101",
                "80",
                "90",
                "d7000000000000000000"
            })
    void longPacketsTakeLinearTime(String unit) {
        byte[] repeated = HexFormat.of().parseHex(unit);
        LinearWork.assertLinear(unit, MOST / 8 / repeated.length, count -> {
            ByteArrayOutputStream wire = new ByteArrayOutputStream();
            wire.writeBytes(HEAD);
            wire.writeBytes(new byte[] {
                (byte) 0xDD, (byte) (count >> 24), (byte) (count >> 16), (byte) (count >> 8), (byte) count
            });
            for (int i = 0; i < count; i++) {
                wire.writeBytes(repeated);
            }
            byte[] packet = wire.toByteArray();
            return () -> decode(packet);
        });
    }

    /** When an array of many elements is closed, the writer moves its contents: once for each level. */
    @Test
    void deepPacketsTakeLinearTime() {
        LinearWork.assertLinear("deep", 100_000, size -> {
            Encoded packet = Encoded.text(Bytes.utf8("42[\"x\"," + deep(size) + "]"));
            return () ->
                    assertThat(Eio4MsgpackWriter.write(packet).attachments()).hasSize(1);
        });
        byte[] wire = Eio4MsgpackWriter.write(Encoded.text(Bytes.utf8("42[\"x\"," + deep(900_000) + "]")))
                .attachments()
                .get(0)
                .toByteArray();
        assertThat(decode(wire)).isNotNull();
    }

    private static String deep(int length) {
        return "[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,".repeat(60) + "\"" + "x".repeat(length) + "\"" + "]".repeat(60);
    }

    @FuzzTest(maxDuration = "60s")
    void anything(byte[] bytes) {
        decode(bytes);
    }

    @FuzzTest(maxDuration = "60s")
    void anyArgument(byte[] bytes) {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        wire.writeBytes(HEAD);
        wire.writeBytes(bytes);
        decode(wire.toByteArray());
    }

    private static byte likely(Random random) {
        int b = random.nextInt(256);
        return (byte) (b < 0xA0 ? 0xC0 + b % 0x40 : b % 0xA4);
    }

    private static Packet decode(byte[] wire) {
        Packet packet;
        try {
            packet = read(Bytes.of(wire));
        } catch (ProtocolException e) {
            assertThat(e.reason()).isEqualTo(CloseReason.FORCED_CLOSE);
            return null;
        }
        if (packet != null) {
            Encoded written = Eio4MsgpackWriter.write(Eio4Encoder.encode(packet));
            assertThat(written.attachments()).hasSize(1);
            assertThat(read(written.attachments().get(0))).isEqualTo(packet);
        }
        return packet;
    }

    private static Packet read(Bytes wire) {
        return new Eio4Msgpack(SessionOptions.DEFAULTS).binary(wire);
    }
}
