package io.everwire.protocol.eio3;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Packet;
import io.everwire.protocol.SessionListener;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.text.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Without Socket.IO, a message with any content is returned unchanged. */
class Eio3RawLayerTest {
    private static final String LIKELY = "\"\\{}[]0123456789/u\u0000\n\u001eé€\u2028\ud83d\ude00";

    @Test
    void textsComeBack() {
        Random random = new Random(44);
        for (int i = 0; i < 20_000; i++) {
            Bytes text = Bytes.utf8(text(random));
            Packet packet = read(messages -> messages.text(text));
            Bytes json = ((Packet.Message) packet).data();
            assertThat(Json.isValue(json.array(), json.offset(), json.end(), 1)).isTrue();
            assertThat(Eio3RawLayer.encode(packet)).isEqualTo(Encoded.text(Bytes.utf8("4" + text)));
        }
    }

    @Test
    void binaryMessagesComeBack() {
        for (Bytes bytes : List.of(Bytes.EMPTY, Bytes.utf8("4"), Bytes.utf8("binary"))) {
            Encoded encoded = Eio3RawLayer.encode(read(messages -> messages.binary(bytes)));
            assertThat(encoded.text().isEmpty()).isTrue();
            assertThat(encoded.attachments()).containsExactly(Bytes.utf8("\u0004" + bytes));
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

    private static Packet read(Consumer<Eio3RawLayer> message) {
        List<Packet> packets = new ArrayList<>();
        SessionListener listener = new SessionListener() {
            @Override
            public void packet(Packet packet) {
                packets.add(packet);
            }

            @Override
            public void wakeAt(long time) {}

            @Override
            public void transport(String name) {}

            @Override
            public void closed(CloseReason reason) {}
        };
        message.accept(new Eio3RawLayer(SessionOptions.DEFAULTS, listener, answer -> {}));
        assertThat(packets).hasSize(1);
        return packets.get(0);
    }
}
