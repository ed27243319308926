package io.everwire.engine.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.engine.Compression;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.ReachedLimit;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FrameDecoderTest {
    private static final int MAX_PAYLOAD = 70_000;
    private static final String HELLO = "818537fa213d7f9f4d5158"; // RFC 6455, section 5.7

    private final Found found = new Found();
    private final MessageDeflate deflate =
            new MessageDeflate(new Compression.Deflate(0, false, 6), MAX_PAYLOAD, true, DeflatePair::new);
    private final FrameDecoder reader = new FrameDecoder(MAX_PAYLOAD, 3, deflate, found);

    @Test
    void theExampleOfTheRfc() {
        read(HELLO);
        assertThat(found.all).containsExactly("text Hello");
    }

    @Test
    void oneByteAtATime() {
        for (byte b : HexFormat.of().parseHex(HELLO + HELLO)) {
            read(new byte[] {b});
        }
        assertThat(found.all).containsExactly("text Hello", "text Hello");
    }

    /** The mask continues in the next read, at any of its four bytes. */
    @Test
    void aPayloadInAnyTwoReads() {
        String text = "0123456789abcdefghijklmnopqrstuvwxyzé";
        byte[] frame = frame(0x81, text.getBytes(StandardCharsets.UTF_8));
        for (int cut = 0; cut <= frame.length; cut++) {
            reader.read(frame, 0, cut);
            reader.read(frame, cut, frame.length);
            assertThat(found.all).as("cut at %d", cut).containsExactly("text " + text);
            found.all.clear();
        }
    }

    @Test
    void textIsCheckedInAllReads() {
        byte[] frame = frame(0x81, new byte[] {(byte) 0xFF, 'a', 'b'});
        reader.read(frame, 0, 7);
        reader.read(frame, 7, frame.length);
        assertThat(found.all).containsExactly("broken 1007");
    }

    /** The array of a read belongs to the host, which reads into it again. */
    @Test
    void onlyThePartGivenIsReadAndNotKept() {
        byte[] in = new byte[20];
        byte[] frame = frame(0x82, new byte[] {1, 2, 3});
        System.arraycopy(frame, 0, in, 5, frame.length);
        reader.read(in, 5, 13);
        in[12] = 99;
        reader.read(in, 13, 5 + frame.length);
        assertThat(found.all).containsExactly("binary 3");
        assertThat(found.last).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 125, 126, 127, 65_535, 65_536, MAX_PAYLOAD})
    void everyFormOfLength(int length) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(frame(0x82, new byte[length]));
        both.writeBytes(frame(0x81, "é".getBytes(StandardCharsets.UTF_8)));
        read(both.toByteArray());
        assertThat(found.all).containsExactly("binary " + length, "text é");
    }

    @Test
    void fragmentsAreJoinedWithPingsBetweenThem() {
        read("01810000000048"); // H
        read("89820000000070 69"); // ping "pi"
        read("8082000000006579"); // ey
        assertThat(found.all).containsExactly("ping pi", "text Hey");
    }

    @Test
    void aCharacterMayBeCutIntoFragments() {
        read("018100000000c3" + "808100000000a9");
        assertThat(found.all).containsExactly("text é");
    }

    @Test
    void theFirstFrameSaysWhetherAMessageIsCompressed() {
        byte[] compressed = deflate.deflate(Bytes.utf8("Hello")).toByteArray();
        read(frame(0xC1, compressed));
        read(frame(0x41, Arrays.copyOf(compressed, 3)));
        read(frame(0x80, Arrays.copyOfRange(compressed, 3, compressed.length)));
        read(HELLO);
        assertThat(found.all).containsExactly("text Hello", "text Hello", "text Hello");
    }

    @Test
    void anExpandedMessageThatIsInvalid() {
        byte[] broken = deflate.deflate(Bytes.of(new byte[] {(byte) 0xFF})).toByteArray();
        byte[] large = deflate.deflate(Bytes.of(new byte[MAX_PAYLOAD + 1])).toByteArray();
        assertThat(foundIn(frame(0xC2, broken))).containsExactly("binary 1");
        assertThat(foundIn(frame(0xC1, broken))).containsExactly("broken 1007");
        assertThat(foundIn(frame(0xC1, new byte[] {(byte) 0xFF, 1, 2}))).containsExactly("broken 1007");
        assertThat(foundIn(frame(0xC2, large))).containsExactly("broken 1009");
    }

    /** After the server's own close frame, a message of the peer costs nothing and violates nothing. */
    @Test
    void aCompressedMessageThatNobodyReceivesIsNotExpanded() {
        found.open = false;
        read(frame(0xC1, new byte[] {(byte) 0xFF, 1, 2}));
        read("88820000000003e8");
        assertThat(found.all).containsExactly("closing 1000");
    }

    @Test
    void pongsMeanNothing() {
        read("8a8100000000ff");
        assertThat(found.all).isEmpty();
    }

    @Test
    void nothingIsHeardAfterTheEnd() {
        read("88820000000003e8" + HELLO);
        read(HELLO);
        assertThat(found.all).containsExactly("closing 1000");
    }

    @Test
    void anEndWithoutACode() {
        read("888000000000");
        assertThat(found.all).containsExactly("closing -1");
    }

    @ParameterizedTest
    @CsvSource({
        "8105, 1002", // not masked
        "918500000000, 1002", // RSV3
        "a18500000000, 1002", // RSV2
        "c98000000000, 1002", // a compressed ping
        "838000000000, 1002", // types that do not exist
        "8f8000000000, 1002",
        "098000000000, 1002", // half a ping
        "89fe007e00000000, 1002", // a long ping
        "808000000000, 1002", // a continuation without a first fragment
        "018000000000018000000000, 1002", // a message inside another
        "01800000000040800000, 1002", // a continuation that is compressed by itself
        "81fe007d00000000, 1002", // a length that is not in its shortest form
        "81ff000000000000ffff00000000, 1002",
        "81ffffffffffffffffff00000000, 1002",
        "82ff0000000000011171, 1009", // 70,001
        "02ff000000000001117000000000, ''", // 70,000, which have not arrived
        "8881000000001f, 1002", // half a code
        "88820000000003ed, 1002", // 1005 is never sent
        "88830000000003e8ff, 1007",
        "818100000000ff, 1007",
        "8189000000006161616161616161ff, 1007",
        "018000000000008000000000008000000000008000000000, 1008", // the fourth fragment
    })
    void violations(String bytes, String code) {
        read(bytes);
        read(HELLO);
        assertThat(found.all).isEqualTo(code.isEmpty() ? List.of() : List.of("broken " + code));
    }

    @Test
    void fragmentsTogetherMayBeNoLongerThanAMessage() {
        read(frame(0x02, new byte[MAX_PAYLOAD - 1]));
        read("808200000000");
        assertThat(found.all).containsExactly("broken 1009");
        assertThat(found.reached).isEqualTo(new ReachedLimit("maxHttpBufferSize", MAX_PAYLOAD, MAX_PAYLOAD + 1));
    }

    @Test
    void compressionThatWasNotAgreedUpon() {
        byte[] compressed = frame(0xC1, new byte[1]);
        new FrameDecoder(MAX_PAYLOAD, 3, null, found).read(compressed, 0, compressed.length);
        assertThat(found.all).containsExactly("broken 1002");
    }

    /** B16: RFC 6455, section 7.4.2. */
    @Test
    void closeCodesEndAt4999() {
        for (int code :
                new int[] {1000, 1003, 1007, 1011, 1014, 3000, 4999, 999, 1004, 1005, 1006, 1015, 2999, 5000, 65_535}) {
            Found each = new Found();
            byte[] payload = {(byte) (code >> 8), (byte) code};
            byte[] frame = frame(0x88, payload);
            new FrameDecoder(MAX_PAYLOAD, 3, null, each).read(frame, 0, frame.length);
            boolean valid =
                    (code >= 1000 && code <= 1014 && (code < 1004 || code > 1006)) || (code >= 3000 && code < 5000);
            assertThat(each.all).containsExactly(valid ? "closing " + code : "broken 1002");
        }
    }

    private List<String> foundIn(byte[] frame) {
        Found each = new Found();
        new FrameDecoder(MAX_PAYLOAD, 3, deflate, each).read(frame, 0, frame.length);
        return each.all;
    }

    private void read(String hex) {
        read(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    private void read(byte[] bytes) {
        reader.read(bytes, 0, bytes.length);
    }

    /** Returns the frame as a client sends it. */
    static byte[] frame(int head, byte[] payload) {
        ByteBuffer out = ByteBuffer.allocate(FrameHeader.size(payload.length) + 4 + payload.length);
        byte[] header = new byte[FrameHeader.LONGEST];
        int size = FrameHeader.write(header, 0, head, payload.length);
        header[1] |= (byte) 0x80;
        byte[] mask = {0x37, (byte) 0xFA, 0x21, 0x3D};
        out.put(header, 0, size).put(mask);
        for (int i = 0; i < payload.length; i++) {
            out.put((byte) (payload[i] ^ mask[i & 3]));
        }
        return out.array();
    }

    /** Records the calls of the decoder. */
    static final class Found implements FrameDecoder.Listener {
        final List<String> all = new ArrayList<>();
        byte[] last = {};
        boolean open = true;

        @Nullable
        ReachedLimit reached;

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void message(byte[] payload, boolean text) {
            last = payload;
            all.add(text ? "text " + new String(payload, StandardCharsets.UTF_8) : "binary " + payload.length);
        }

        @Override
        public void ping(byte[] payload) {
            all.add("ping " + new String(payload, StandardCharsets.ISO_8859_1));
        }

        @Override
        public void closing(int code) {
            all.add("closing " + code);
        }

        @Override
        public void limitReached(int code, ReachedLimit reached) {
            this.reached = reached;
            all.add("broken " + code);
        }

        @Override
        public void violation(int code, String message) {
            all.add("broken " + code);
        }
    }
}
