package io.everwire.protocol.gen0;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.CpuTime;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * F13: payloads are altered as forms of browsers alter them, and read again. Single cases are in the transcripts {@code
 * jsonp-form-*}.
 */
final class Gen0FormRepairTest {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final String[] PIECES = {
        "a", "hello", " ", "\n", "\n\n", "é", "€", "\ud83d\ude00", "日本", "&", "&#", ";", "~", "~m~", "~h~", "<"
    };

    @Test
    void whatAFormOnAUtf8PageSendsIsReadAsItWasCounted() {
        Random random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            List<String> messages = messages(random);
            assertThat(repaired(bent(messages, StandardCharsets.UTF_8))).isEqualTo(messages);
        }
    }

    @Test
    void whatAFormOnAWindows1252PageSendsIsReadAsItWasCounted() {
        Random random = new Random(2);
        for (int i = 0; i < 5_000; i++) {
            List<String> messages = messages(random);
            assertThat(repaired(bent(messages, WINDOWS_1252))).isEqualTo(messages);
        }
    }

    @Test
    void lineEndsThatWereAlreadyCrLfStay() {
        assertThat(repaired(Bytes.utf8("~m~4~m~c\r\nd~m~2~m~\r\n"))).containsExactly("c\r\nd", "\r\n");
    }

    @Test
    void everyByteOfWindows1252() {
        byte[] payload = "~m~256~m~".getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[payload.length + 256];
        System.arraycopy(payload, 0, all, 0, payload.length);
        for (int i = 0; i < 256; i++) {
            all[payload.length + i] = (byte) i;
        }
        String said = repaired(Bytes.of(all)).get(0);
        for (int i = 0; i < 256; i++) {
            // Five bytes are control characters in the browsers' table, and undefined in Java's.
            char java = new String(new byte[] {(byte) i}, WINDOWS_1252).charAt(0);
            assertThat((int) said.charAt(i)).isEqualTo(java == '\ufffd' ? i : java);
        }
    }

    @Test
    void aHostilePayloadTakesTimeInProportion() {
        List<String> payloads = new ArrayList<>();
        for (String piece : List.of(
                "~m~0~m~", "~m~1~m~", "~m~99999~m~", "~m~9", "\r\n", "&#1;", "&#12", "~m~", "~m~7~m~&#1;\r\n")) {
            payloads.add("~m~40000~m~" + piece.repeat(100_000 / piece.length()));
            payloads.add(piece.repeat(100_000 / piece.length()));
        }
        payloads.add("~m~1~m~" + "1".repeat(100_000));
        Duration time = CpuTime.of(() -> payloads.forEach(payload -> {
            Gen0FormRepair.repair(Bytes.utf8(payload));
            Gen0FormRepair.repair(Bytes.of((payload + "\u00e9").getBytes(StandardCharsets.ISO_8859_1)));
        }));
        assertThat(time).isLessThan(Duration.ofSeconds(10));
    }

    private static List<String> repaired(Bytes data) {
        return Vectors.decode(Gen0FormRepair.repair(data)).stream()
                .map(Bytes::toString)
                .toList();
    }

    /** Returns texts of which no part can be taken for the next frame, or for a reference. */
    private static List<String> messages(Random random) {
        List<String> messages = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(6); j > 0; j--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            messages.add(text.toString());
        }
        return messages;
    }

    /**
     * Alters a payload as the form algorithm of the HTML standard does: line ends first, then the page's charset with
     * references.
     */
    private static Bytes bent(List<String> messages, Charset page) {
        StringBuilder payload = new StringBuilder();
        for (String message : messages) {
            payload.append("~m~").append(message.length()).append("~m~").append(message.replace("\n", "\r\n"));
        }
        CharsetEncoder encoder = page.newEncoder();
        StringBuilder known = new StringBuilder();
        payload.codePoints()
                .mapToObj(Character::toString)
                .forEach(c -> known.append(encoder.canEncode(c) ? c : "&#" + c.codePointAt(0) + ';'));
        return Bytes.of(known.toString().getBytes(page));
    }
}
