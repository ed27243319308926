package io.everwire.protocol.gen1;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.text.Json;
import io.everwire.protocol.text.Utf8;
import io.everwire.protocol.wire.GenerationHost;
import io.everwire.protocol.wire.RecordingLine;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * With any input nothing is thrown, packets lie inside of the input, and a decoded packet is encoded to the same
 * packet.
 */
final class Gen1FuzzTest {
    private static final int ROUNDS = 10_000;
    private static final Bytes ALPHABET =
            Bytes.utf8("::::0123456789++/?\"\"{{}}[],\\nameargs \t\n%=&d\u00e9\u20ac\ufffd\ufffd\ud83d\ude00\0");
    private static final List<Bytes> SEEDS = Stream.concat(
                    Vectors.of("decode.json").stream().map(vector -> vector.get("text")),
                    Stream.concat(Vectors.of("payloads.json").stream(), Vectors.of("broken-payloads.json").stream())
                            .map(vector -> vector.get("payload")))
            .map(text -> Bytes.utf8(text.asString()))
            .toList();

    @Test
    void mutatedPacketsAndPayloads() {
        Random random = new Random(20110719);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = mutated(random, SEEDS.get(random.nextInt(SEEDS.size())));
            framing(bytes);
            packet(bytes);
        }
    }

    @Test
    void mutatedForms() {
        Random random = new Random(20110720);
        for (int i = 0; i < ROUNDS; i++) {
            String seed = "d=%22" + SEEDS.get(random.nextInt(SEEDS.size())) + "%5Cud83d%22&a=+";
            form(mutated(random, Bytes.utf8(seed)));
        }
    }

    @Test
    void mutatedTargets() {
        Random random = new Random(20110721);
        for (int i = 0; i < ROUNDS; i++) {
            target(mutated(random, Bytes.utf8("/1/jsonp-polling/0123456789abcdef/?t=1&i=2&disconnect=1")));
        }
    }

    @Test
    void mutatedMessagesToSessions() {
        Random random = new Random(20110722);
        GenerationHost host = new GenerationHost(new Gen1(), SessionOptions.DEFAULTS);
        RecordingLine line = open(host);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] text = mutated(random, SEEDS.get(random.nextInt(SEEDS.size())));
            if (Utf8.isValid(text, 0, text.length)) {
                host.text(line, Bytes.of(text));
            }
            if (host.listener().closed()) {
                line = open(host);
            } else if (random.nextInt(4) == 0) {
                host.send(
                        random.nextInt(3) == 0
                                ? new Packet.ConnectError("/chat", Bytes.utf8("{}"))
                                : new Packet.Connect("/chat", null));
            }
            assertThat(host.listener().packets()).last().satisfies(Gen1FuzzTest::assertValid);
        }
        assertThat(host.told().size()).isGreaterThan(1000);
    }

    @FuzzTest
    void framing(byte[] payload) {
        List<Bytes> packets = Vectors.split(Bytes.of(payload));
        int found = 0;
        for (Bytes packet : packets) {
            found += packet.length();
            assertThat(packet.array()).isSameAs(payload);
        }
        assertThat(found).isLessThanOrEqualTo(payload.length);
        if (packets.size() > 1 && Utf8.isValid(payload, 0, payload.length)) {
            assertThat(Vectors.split(Gen1Framing.join(packets))).isEqualTo(packets);
        }
    }

    @FuzzTest
    void packet(byte[] text) {
        Packet packet = Utf8.isValid(text, 0, text.length) ? read(Bytes.of(text)) : null;
        if (packet instanceof Packet.Event || packet instanceof Packet.Message) {
            assertValid(packet);
            // The ids of our packets are written one higher than the ids that are read from the client.
            Packet again = read(new Gen1().encode(packet).text());
            assertThat(again).isNotNull();
            assertThat(meaning(again)).isEqualTo(meaning(packet));
        } else if (packet instanceof Packet.Connect connect && connect.payload() != null) {
            assertThat(isJson(connect.payload())).isTrue();
        }
    }

    @FuzzTest
    void form(byte[] body) {
        Bytes payload = Gen1Form.payload(Bytes.of(body));
        if (payload != null) {
            assertThat(payload.length()).isLessThan(body.length);
        }
    }

    @FuzzTest
    void target(byte[] rest) {
        String text = "/" + Bytes.of(rest);
        Gen1Target target = Gen1Target.of(text);
        Gen1Transport transport = Gen1Target.transport("/socket.io" + text);
        if (target != null && !target.sid().isEmpty()) {
            assertThat(transport).isEqualTo(Gen1Transport.of(target.transport()));
        }
    }

    @FuzzTest
    void script(byte[] text) {
        if (Utf8.isValid(text, 0, text.length)) {
            String script = Gen1Text.script(Bytes.of(text));
            assertThat(script).doesNotContain("<", "</", "\u2028", "\u2029", "\n", "\r");
            byte[] literal = Bytes.utf8(script).toByteArray();
            assertThat(Json.isValue(literal, 0, literal.length, 1)).isTrue();
            assertThat(Json.text(literal, 0, literal.length))
                    .isEqualTo(Bytes.of(text).toString());
        }
    }

    private static RecordingLine open(GenerationHost host) {
        host.get("/socket.io/1/");
        RecordingLine line = host.line("/socket.io/1/websocket/" + host.sid());
        host.send(new Packet.Connect("/", null));
        return line;
    }

    private static @Nullable Packet read(Bytes text) {
        Gen1Packet packet = Gen1Packet.read(text);
        return packet == null ? null : Gen1Decoder.read(packet, 64);
    }

    private static String meaning(Packet packet) {
        if (packet instanceof Packet.Event event) {
            return event.namespace() + event.data();
        }
        Packet.Message message = (Packet.Message) packet;
        Bytes data = message.data();
        boolean text = data.at(0) == '"';
        return message.namespace() + (text ? Json.text(data.array(), data.offset(), data.end()) : data);
    }

    private static void assertValid(Packet packet) {
        if (packet instanceof Packet.Message message) {
            assertThat(isJson(message.data())).isTrue();
            assertThat(message.data().toString().strip())
                    .isEqualTo(message.data().toString());
        } else if (packet instanceof Packet.Event event) {
            assertThat(JsonArray.parse(event.data().json(), 65)).isEqualTo(event.data());
            assertThat(event.data().element(0).at(0)).isEqualTo((byte) '"');
        }
    }

    private static boolean isJson(Bytes json) {
        return Json.isValue(json.array(), json.offset(), json.end(), 64);
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
