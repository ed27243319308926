package io.everwire.protocol.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {
    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "\0\u007F", "\u0080\u07FF", "\u0800\uD7FF\uE000\uFFFF", "\uD800\uDC00\uDBFF\uDFFF"})
    void validTextAndItsLength(String text) {
        byte[] bytes = ("a" + text + "\uD83D\uDE00").getBytes(StandardCharsets.UTF_8);
        assertThat(Utf8.isValid(bytes, 0, bytes.length)).isTrue();
        assertThat(Utf8.utf16Length(bytes, 1, bytes.length - 4)).isEqualTo(text.length());
    }

    @Test
    void everyCodePointIsOneStep() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
                byte[] bytes = Character.toString(c).getBytes(StandardCharsets.UTF_8);
                assertThat(Utf8.next(bytes, 0, bytes.length)).isEqualTo(bytes.length);
                assertThat(Utf8.utf16Length(bytes, 0, bytes.length)).isEqualTo(Character.charCount(c));
            }
        }
    }

    @Test
    void aCharacterThatIsCutOff() {
        byte[] bytes = "\u20AC".getBytes(StandardCharsets.UTF_8);
        assertThat(Utf8.next(bytes, 0, 2)).isEqualTo(-1);
        assertThat(Utf8.isValid(bytes, 0, 2)).isFalse();
        assertThat(Utf8.isValid(bytes, 1, 3)).isFalse();
    }

    @Test
    void agreesWithTheJdk() {
        Random random = new Random(5);
        int[] likely = {
            0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2, 0xDF, 0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0xF5
        };
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = new byte[1 + random.nextInt(6)];
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] = (byte) likely[random.nextInt(likely.length)];
            }
            assertThat(Utf8.isValid(bytes, 0, bytes.length)).isEqualTo(jdk(bytes));
        }
    }

    private static boolean jdk(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
