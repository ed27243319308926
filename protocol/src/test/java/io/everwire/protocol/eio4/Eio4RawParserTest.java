package io.everwire.protocol.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Packet;
import io.everwire.protocol.text.Json;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Without Socket.IO, a message with any content is returned unchanged. */
class Eio4RawParserTest {
    private static final String LIKELY = "\"\\{}[]0123456789/u\u0000\n\u001eé€\u2028\ud83d\ude00";

    @Test
    void textsComeBack() {
        Random random = new Random(44);
        for (int i = 0; i < 20_000; i++) {
            Bytes text = Bytes.utf8(text(random));
            Packet packet = new Eio4RawParser().text(text);
            Bytes json = ((Packet.Message) packet).data();
            assertThat(Json.isValue(json.array(), json.offset(), json.end(), 1)).isTrue();
            assertThat(Eio4RawParser.encode(packet)).isEqualTo(Encoded.text(Bytes.utf8("4" + text)));
        }
    }

    @Test
    void binaryMessagesComeBack() {
        for (Bytes bytes : List.of(Bytes.EMPTY, Bytes.utf8("4"), Bytes.utf8("binary"))) {
            Encoded encoded = Eio4RawParser.encode(new Eio4RawParser().binary(bytes));
            assertThat(encoded.text().isEmpty()).isTrue();
            assertThat(encoded.attachments()).containsExactly(bytes);
            assertThat(encoded.isNothing()).isFalse();
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(12); left > 0; left--) {
            text.appendCodePoint(LIKELY.codePointAt(
                    LIKELY.offsetByCodePoints(0, random.nextInt(LIKELY.codePointCount(0, LIKELY.length())))));
        }
        return text.toString();
    }
}
