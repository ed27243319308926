package io.everwire.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.protocol.ReachedLimit;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FrameDecoderTest {
    private static final int MAX_PAYLOAD = 70_000;
    private static final String HELLO = "818537fa213d7f9f4d5158"; // RFC 6455, section 5.7

    private final Found found = new Found();
    private final FrameDecoder reader = new FrameDecoder(MAX_PAYLOAD, 3, true, found);

    @Test
    void theExampleOfTheRfc() {
        read(HELLO);
        assertThat(found.all).containsExactly("text Hello");
    }

    @Test
    void oneByteAtATime() {
        for (byte b : HexFormat.of().parseHex(HELLO + HELLO)) {
            reader.read(Unpooled.wrappedBuffer(new byte[] {b}));
        }
        assertThat(found.all).containsExactly("text Hello", "text Hello");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 125, 126, 127, 65_535, 65_536, MAX_PAYLOAD})
    void everyFormOfLength(int length) {
        reader.read(Unpooled.wrappedBuffer(
                frame(0x82, new byte[length]), frame(0x81, "é".getBytes(StandardCharsets.UTF_8))));
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
        read("c18100000000ff" + "418100000000ff" + "808100000000fe");
        assertThat(found.all).containsExactly("compressed text ff", "compressed text fffe");
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
        reader.read(Unpooled.wrappedBuffer(frame(0x02, new byte[MAX_PAYLOAD - 1])));
        read("808200000000");
        assertThat(found.all).containsExactly("broken 1009");
    }

    @Test
    void compressionThatWasNotAgreedUpon() {
        new FrameDecoder(MAX_PAYLOAD, 3, false, found).read(Unpooled.wrappedBuffer(frame(0xC1, new byte[1])));
        assertThat(found.all).containsExactly("broken 1002");
    }

    /** B16: RFC 6455, section 7.4.2. */
    @Test
    void closeCodesEndAt4999() {
        for (int code :
                new int[] {1000, 1003, 1007, 1011, 1014, 3000, 4999, 999, 1004, 1005, 1006, 1015, 2999, 5000, 65_535}) {
            Found each = new Found();
            byte[] payload = {(byte) (code >> 8), (byte) code};
            new FrameDecoder(MAX_PAYLOAD, 3, false, each).read(frame(0x88, payload));
            boolean valid =
                    (code >= 1000 && code <= 1014 && (code < 1004 || code > 1006)) || (code >= 3000 && code < 5000);
            assertThat(each.all).containsExactly(valid ? "closing " + code : "broken 1002");
        }
    }

    private void read(String hex) {
        reader.read(Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex.replace(" ", ""))));
    }

    /** Returns the frame as a client sends it. */
    static ByteBuf frame(int head, byte[] payload) {
        ByteBuf out = Unpooled.buffer().writeByte(head);
        if (payload.length < 126) {
            out.writeByte(0x80 | payload.length);
        } else if (payload.length < 65_536) {
            out.writeByte(0x80 | 126).writeShort(payload.length);
        } else {
            out.writeByte(0x80 | 127).writeLong(payload.length);
        }
        byte[] mask = {0x37, (byte) 0xFA, 0x21, 0x3D};
        out.writeBytes(mask);
        for (int i = 0; i < payload.length; i++) {
            out.writeByte(payload[i] ^ mask[i & 3]);
        }
        return out;
    }

    /** Records the calls of the decoder. */
    static final class Found implements FrameDecoder.Listener {
        final List<String> all = new ArrayList<>();

        @Override
        public void message(byte[] payload, boolean text, boolean compressed) {
            if (compressed) {
                all.add("compressed " + (text ? "text " : "binary ")
                        + HexFormat.of().formatHex(payload));
            } else {
                all.add(text ? "text " + new String(payload, StandardCharsets.UTF_8) : "binary " + payload.length);
            }
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
        public void limitReached(WebSocketCloseStatus status, ReachedLimit reached) {
            all.add("broken " + status.code());
        }

        @Override
        public void violation(WebSocketCloseStatus status, String message) {
            all.add("broken " + status.code());
        }
    }
}
