package io.everwire.engine.frames;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameHeaderTest {
    /** RFC 6455, section 5.2: the length has the shortest of its three forms. */
    @ParameterizedTest
    @CsvSource({
        "0, 8100",
        "125, 817d",
        "126, 817e007e",
        "65535, 817effff",
        "65536, 817f0000000000010000",
        "2147483647, 817f000000007fffffff"
    })
    void lengths(int payload, String header) {
        byte[] out = new byte[1 + FrameHeader.LONGEST];
        int end = FrameHeader.write(out, 1, FrameHeader.TEXT, payload);

        assertThat(HexFormat.of().formatHex(out, 1, end)).isEqualTo(header);
        assertThat(FrameHeader.size(payload)).isEqualTo(end - 1);
        assertThat(FrameHeader.secondByte(payload)).isEqualTo(out[2]);
    }

    @ParameterizedTest
    @CsvSource({"0, 3, 8203010203", "1, 1, 820102", "3, 0, 8200"})
    void wholeFrames(int from, int length, String frame) {
        assertThat(HexFormat.of().formatHex(FrameHeader.frame(FrameHeader.BINARY, new byte[] {1, 2, 3}, from, length)))
                .isEqualTo(frame);
    }
}
