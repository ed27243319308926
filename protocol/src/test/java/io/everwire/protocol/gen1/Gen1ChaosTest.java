package io.everwire.protocol.gen1;

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
final class Gen1ChaosTest {
    private static final List<String> TEXTS = List.of(
            "0::",
            "0::/chat",
            "1::",
            "1::/chat",
            "1::/chat",
            "2::",
            "2::",
            "3:::a",
            "3:1::/chat:a",
            "5:1+::{\"name\":\"x\"}",
            "5::/chat:{\"name\":\"x\"}",
            "6:::1+[]",
            "8::",
            "",
            "d=nonsense",
            "d=%223%3A%3A%3Aa%22",
            "\ufffd8\ufffd1::/chat\ufffd11\ufffd3::/chat:ab");
    private static final List<String> TRANSPORTS = List.of("xhr-polling", "xhr-polling", "jsonp-polling", "htmlfile");
    private static final List<Packet> PACKETS = List.of(
            new Packet.Connect("/", null),
            new Packet.Connect("/", null),
            new Packet.Connect("/chat", null),
            new Packet.ConnectError("/chat", Bytes.utf8("{}")),
            new Packet.Disconnect("/chat"),
            new Packet.Event("/", 0, JsonArray.of(Bytes.utf8("\"x\"")), List.of()),
            new Packet.Message("/", Packet.NO_ACK, Bytes.utf8("\"y\""), List.of()));

    private final Random random = new Random();
    private final GenerationHost host = new GenerationHost(new Gen1(), SessionOptions.DEFAULTS);
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
            exchanges.add(host.get("/socket.io/1/"));
            for (int step = random.nextInt(40); step > 0; step--) {
                act();
            }
            host.advance(10 * 60_000);
            for (RecordingExchange post : unread) {
                host.bodyArrived(post, Bytes.utf8("3:::late"));
            }
            assertThat(host.listener().closed()).isTrue();
            assertThat(exchanges).allMatch(RecordingExchange::done);
            assertThat(lines).allMatch(RecordingLine::closed);
        }
        assertThat(host.ticks()).isLessThan(500 * 500);
    }

    private void act() {
        String target = "/socket.io/1/" + TRANSPORTS.get(random.nextInt(TRANSPORTS.size())) + "/" + host.sid();
        String text = TEXTS.get(random.nextInt(TEXTS.size()));
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> exchanges.add(host.get(target));
            case 3 -> exchanges.add(host.post(target, text));
            case 4 -> {
                RecordingExchange post = host.request(RecordedHead.of("POST", target), null);
                exchanges.add(post);
                unread.add(post);
            }
            case 5 -> {
                if (!unread.isEmpty()) {
                    host.bodyArrived(unread.remove(random.nextInt(unread.size())), Bytes.utf8(text));
                }
            }
            case 6 -> {
                String by = random.nextBoolean() ? "websocket" : "flashsocket";
                Object outcome = host.connect(RecordedHead.webSocket("/socket.io/1/" + by + "/" + host.sid()));
                if (outcome instanceof RecordingLine line) {
                    lines.add(line);
                }
            }
            case 7, 8 -> onSomeLine(text);
            case 9 -> host.advance(random.nextInt(4) == 0 ? random.nextInt(90_000) : random.nextInt(200));
            case 10 -> host.send(PACKETS.get(random.nextInt(PACKETS.size())));
            default -> rarely();
        }
    }

    private void rarely() {
        switch (random.nextInt(8)) {
            case 0 -> host.close(CloseReason.values()[random.nextInt(CloseReason.values().length)]);
            case 1 -> exchanges.add(host.get("/socket.io/1//" + host.sid() + "/?disconnect=1"));
            case 2 -> host.send(new Packet.Disconnect("/"));
            case 3 -> exchanges.get(random.nextInt(exchanges.size())).setWritable(false);
            default -> {}
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
