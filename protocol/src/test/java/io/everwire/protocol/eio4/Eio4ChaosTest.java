package io.everwire.protocol.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.wire.GenerationHost;
import io.everwire.protocol.wire.RecordedHead;
import io.everwire.protocol.wire.RecordingExchange;
import io.everwire.protocol.wire.RecordingLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plays random clients against a server that acts at random: every session ends, and ends once. */
class Eio4ChaosTest {
    private static final String POLL = "/socket.io/?EIO=4&transport=polling";
    private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";
    private static final List<String> TEXTS = List.of(
            "40",
            "42[\"x\"]",
            "420[\"x\"]",
            "43[",
            "3",
            "3",
            "3",
            "2",
            "2probe",
            "2probe",
            "5",
            "6",
            "1",
            "",
            "9",
            "451-[\"x\",{\"_placeholder\":true,\"num\":0}]",
            "bAQ==",
            "b!",
            "42[\"x\"]\u001e42[\"y\"]",
            "41");

    private final Random random = new Random();
    private final GenerationHost host = new GenerationHost(new Eio4(), SessionOptions.DEFAULTS);
    private final List<RecordingExchange> exchanges = new ArrayList<>();
    private final List<RecordingExchange> unread = new ArrayList<>();
    private final List<RecordingLine> lines = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void everythingEndsOnce(int seed) {
        for (int session = 0; session < 500; session++) {
            random.setSeed(1000L * seed + session);
            exchanges.clear();
            unread.clear();
            lines.clear();
            if (random.nextInt(3) == 0) {
                lines.add(host.line(WEBSOCKET));
            } else {
                exchanges.add(host.get(POLL));
            }
            for (int step = random.nextInt(40); step > 0; step--) {
                act();
            }
            host.advance(10 * 60_000);
            assertThat(host.listener().closed()).isTrue();
            assertThat(exchanges).allMatch(RecordingExchange::done);
            assertThat(lines).allMatch(RecordingLine::closed);
        }
        assertThat(host.ticks()).isLessThan(500 * 500);
    }

    private void act() {
        String sid = "&sid=" + host.sid();
        String text = TEXTS.get(random.nextInt(TEXTS.size()));
        switch (random.nextInt(11)) {
            case 0, 1 -> exchanges.add(host.get(POLL + sid));
            case 2, 3 -> exchanges.add(host.post(POLL + sid, text));
            case 4 -> {
                RecordingExchange post = host.request(RecordedHead.of("POST", POLL + sid), null);
                exchanges.add(post);
                unread.add(post);
            }
            case 5 -> {
                if (!unread.isEmpty()) {
                    host.bodyArrived(unread.remove(random.nextInt(unread.size())), Bytes.utf8(text));
                }
            }
            case 6 -> {
                Object outcome = host.connect(RecordedHead.webSocket(WEBSOCKET + sid));
                if (outcome instanceof RecordingLine line) {
                    lines.add(line);
                }
            }
            case 7 -> onSomeLine(text);
            case 8 -> host.advance(random.nextInt(4) == 0 ? random.nextInt(40_000) : random.nextInt(200));
            case 9 ->
                host.send(new Packet.Event(
                        "/", Packet.NO_ACK, JsonArray.of(Bytes.utf8("\"x\"")), List.of(Bytes.utf8("attached"))));
            default -> {
                if (random.nextInt(8) == 0) {
                    host.close(CloseReason.values()[random.nextInt(CloseReason.values().length)]);
                }
            }
        }
    }

    private void onSomeLine(String text) {
        if (lines.isEmpty()) {
            return;
        }
        RecordingLine line = lines.get(random.nextInt(lines.size()));
        switch (random.nextInt(10)) {
            case 0 -> host.close(line);
            case 1 -> host.binary(line, Bytes.utf8(text));
            case 2 -> line.writable(random.nextBoolean());
            default -> host.text(line, text);
        }
    }
}
