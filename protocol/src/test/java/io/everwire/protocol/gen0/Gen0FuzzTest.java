package io.everwire.protocol.gen0;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.Packet;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.text.Json;
import io.everwire.protocol.text.Utf8;
import io.everwire.protocol.wire.GenerationHost;
import io.everwire.protocol.wire.RecordingLine;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * With any input nothing is thrown, frames lie inside of the input, and a decoded message is encoded to the same
 * message.
 */
final class Gen0FuzzTest {
    private static final int ROUNDS = 10_000;
    private static final Bytes ALPHABET = Bytes.utf8("~~~mmmjh0123459 \t\"{}[]\\:,+%&=data\u00e9\u20ac\ud83d\ude00\0");
    private static final List<Bytes> SEEDS = Vectors.of("decode.json").stream()
            .map((JsonNode vector) ->
                    Bytes.utf8(Vectors.wire(vector.get("payload").asString())))
            .toList();

    @Test
    void mutatedPayloads() {
        Random random = new Random(20101101);
        for (int i = 0; i < ROUNDS; i++) {
            framing(mutated(random, SEEDS.get(random.nextInt(SEEDS.size()))));
        }
    }

    @Test
    void mutatedBodies() {
        Random random = new Random(20101102);
        for (int i = 0; i < ROUNDS; i++) {
            Bytes seed = Bytes.utf8("data=" + SEEDS.get(random.nextInt(SEEDS.size())) + "&a=%7E");
            form(mutated(random, seed));
        }
    }

    @Test
    void mutatedForms() {
        Random random = new Random(20101104);
        Bytes bends = Bytes.utf8("\r\n%0D%0A&#65;&#128512;%E9%26%23233%3B~m~1~m~");
        for (int i = 0; i < ROUNDS; i++) {
            Bytes payload = SEEDS.get(random.nextInt(SEEDS.size()));
            int from = random.nextInt(bends.length());
            Bytes bend = bends.slice(from, from + random.nextInt(bends.length() - from));
            submitted(mutated(random, Bytes.utf8("data=" + payload + bend)));
        }
    }

    @Test
    void indexes() {
        Random random = new Random(20101105);
        for (int i = 0; i < ROUNDS; i++) {
            StringBuilder target = new StringBuilder("/socket.io/jsonp-polling/");
            random.ints(random.nextInt(15), 0, 14).forEach(c -> target.append("/?0123456789x\u0661".charAt(c)));
            index(target.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void mutatedMessagesToSessions() {
        Random random = new Random(20101103);
        GenerationHost host = new GenerationHost(new Gen0(), SessionOptions.DEFAULTS);
        RecordingLine line = host.line("/socket.io/websocket");
        for (int i = 0; i < ROUNDS; i++) {
            byte[] text = mutated(random, SEEDS.get(random.nextInt(SEEDS.size())));
            if (Utf8.isValid(text, 0, text.length)) {
                host.text(line, Bytes.of(text));
            }
        }
        assertThat(host.listener().closed()).isFalse();
        assertThat(host.listener().packets()).hasSizeGreaterThan(1000).allSatisfy(Gen0FuzzTest::assertValid);
    }

    @FuzzTest
    void framing(byte[] payload) {
        List<Bytes> bodies = Vectors.decode(Bytes.of(payload));
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        int found = 0;
        for (Bytes body : bodies) {
            found += body.length() + 6;
            assertThat(body.array()).isSameAs(payload);
            again.writeBytes(Gen0Framing.frame(body).toByteArray());
        }
        assertThat(found).isLessThanOrEqualTo(payload.length);
        if (Utf8.isValid(payload, 0, payload.length)) {
            assertThat(Vectors.decode(Bytes.of(again.toByteArray()))).isEqualTo(bodies);
        }
    }

    @FuzzTest
    void form(byte[] body) {
        Bytes data = Gen0Form.data(Bytes.of(body));
        if (data != null) {
            assertThat(data.length()).isLessThanOrEqualTo(body.length - 5);
            assertThat(Utf8.isValid(data.array(), data.offset(), data.end())).isTrue();
        }
    }

    @FuzzTest
    void submitted(byte[] body) {
        Bytes payload = Gen0Form.repairedData(Bytes.of(body));
        Bytes data = Gen0Form.data(Bytes.of(body));
        if (payload == null) {
            assertThat(data).isNull();
            return;
        }
        // A byte of windows-1252 is up to three of UTF-8; lengths become shorter with the bodies.
        assertThat(payload.length()).isLessThanOrEqualTo(3 * body.length);
        assertThat(Utf8.isValid(payload.array(), payload.offset(), payload.end()))
                .isTrue();
        List<Bytes> bodies = Vectors.decode(payload);
        assertThat(Gen0Text.join(bodies.stream().map(Gen0Framing::frame).toArray(Bytes[]::new)))
                .isEqualTo(payload);
        if (data != null) {
            List<Bytes> strict = Vectors.decode(data);
            Bytes whole = Gen0Text.join(strict.stream().map(Gen0Framing::frame).toArray(Bytes[]::new));
            if (whole.equals(data)) {
                assertThat(payload).isEqualTo(data);
            }
        }
    }

    @FuzzTest
    void index(byte[] target) {
        String path = new String(target, StandardCharsets.UTF_8);
        int index = Gen0Target.index(path);
        Matcher digits = Pattern.compile("(?:.*/)?([0-9]{1,9})/?(?:[?].*)?", Pattern.DOTALL)
                .matcher(path.replaceFirst("(?s)[?].*", ""));
        assertThat(index).isEqualTo(digits.matches() ? Integer.parseInt(digits.group(1)) : -1);
    }

    @FuzzTest
    void text(byte[] text) {
        if (Utf8.isValid(text, 0, text.length)) {
            Packet.Message message = Gen0Codec.decode(Bytes.of(text), 64);
            if (message != null) {
                assertValid(message);
                Bytes frame = new Gen0().encode(message).text();
                Bytes body = Vectors.decode(frame).get(0);
                Packet.Message again = Gen0Codec.decode(body, 64);
                assertThat(again == null ? null : meaning(again)).isEqualTo(meaning(message));
            }
        }
    }

    /**
     * Returns the text of a message, if it is one: encoded again, a text may have changed between plain text and JSON
     * string.
     */
    private static Bytes meaning(Packet.Message message) {
        Bytes data = message.data();
        return data.at(0) == '"' ? Gen0Text.unquote(data) : data;
    }

    private static void assertValid(Packet packet) {
        if (packet instanceof Packet.Message message) {
            Bytes data = message.data();
            assertThat(Json.isValue(data.array(), data.offset(), data.end(), 64))
                    .isTrue();
            assertThat(data.toString().strip()).isEqualTo(data.toString());
        }
    }

    private static byte[] mutated(Random random, Bytes seed) {
        byte[] bytes = seed.toByteArray();
        for (int changes = random.nextInt(6); changes > 0; changes--) {
            int at = random.nextInt(bytes.length + 1);
            int cut = Math.min(bytes.length - at, random.nextInt(3));
            byte[] insert = new byte[random.nextInt(4)];
            for (int i = 0; i < insert.length; i++) {
                insert[i] = ALPHABET.at(random.nextInt(ALPHABET.length()));
            }
            byte[] next = new byte[bytes.length - cut + insert.length];
            System.arraycopy(bytes, 0, next, 0, at);
            System.arraycopy(insert, 0, next, at, insert.length);
            System.arraycopy(bytes, at + cut, next, at + insert.length, bytes.length - at - cut);
            bytes = next;
        }
        return bytes;
    }
}
