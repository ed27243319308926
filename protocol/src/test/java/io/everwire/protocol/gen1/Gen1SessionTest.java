package io.everwire.protocol.gen1;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Packet;
import io.everwire.protocol.Refusal;
import io.everwire.protocol.SendOptions;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.wire.GenerationHost;
import io.everwire.protocol.wire.RecordedHead;
import io.everwire.protocol.wire.RecordingExchange;
import io.everwire.protocol.wire.RecordingLine;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests cases that a transcript cannot show. */
final class Gen1SessionTest {
    private final GenerationHost host = new GenerationHost(new Gen1(), options(1000));

    @Test
    void aSlowReaderThatCatchesUpIsKept() {
        RecordingLine line = line();
        for (int i = 0; i < 10; i++) {
            line.writable(false);
            send("x".repeat(900));
            line.writable(true);
            send("y".repeat(2000));
        }
        assertThat(line.closed()).isFalse();
        line.writable(false);
        send("x".repeat(900));
        send("x".repeat(100));
        assertThat(host.told()).last().isEqualTo("closed transport error");
    }

    @Test
    void aPageThatIsNotReadIsBounded() {
        host.get("/socket.io/1/");
        RecordingExchange page = host.get("/socket.io/1/htmlfile/" + host.sid());
        page.setWritable(false);
        send("x".repeat(900));
        assertThat(host.listener().closed()).isFalse();
        send("x".repeat(900));
        assertThat(host.told()).last().isEqualTo("closed transport error");
        assertThat(page.stream()).last().isEqualTo("end");
    }

    @Test
    void aLineThatWasReplacedOrGivenUpHasNoSay() {
        RecordingLine old = line();
        host.line("/socket.io/1/websocket/" + host.sid());
        int told = host.told().size();
        long now = host.clock().now();
        host.call(session -> session.text(old, Bytes.utf8("3:::a"), now));
        host.call(session -> session.binary(old, Bytes.utf8("a"), now));
        host.call(session -> session.lineClosed(old, CloseReason.TRANSPORT_ERROR, now));
        host.advance(24_999);
        assertThat(host.told()).hasSize(told);
    }

    @Test
    void theEndOfAnIdleConnectionThatOnceCarriedAPollIsNotADisconnect() {
        host.get("/socket.io/1/");
        RecordingExchange first = poll();
        host.send(new Packet.Connect("/", null));
        RecordingExchange second = poll();
        host.call(session -> session.gone(first, host.clock().now()));
        send("two");
        assertThat(second.response().body()).hasToString("3:::two");
    }

    @Test
    void aBroadcastIsNotCompressed() {
        RecordingLine line = line();
        var broadcast = new Gen1().encode(message("shared")).compress(true).sharedBy(2);
        host.call(session -> session.send(broadcast, host.clock().now()));
        assertThat(line.options()).last().isEqualTo(new SendOptions(false, 2));
    }

    @Test
    void whatIsSharedIsNotCopied() {
        host.get("/socket.io/1/");
        RecordingExchange poll = poll();
        var shared = new Gen1().encode(message("shared"));
        host.call(session -> session.send(shared, host.clock().now()));
        assertThat(poll.response().body()).isSameAs(shared.text());
        host.call(session -> session.send(shared, host.clock().now()));
        assertThat(poll().response().body()).isSameAs(shared.text());
    }

    @Test
    void messagesAskForNoWakeUps() {
        RecordingLine line = line();
        for (int i = 0; i < 1000; i++) {
            host.text(line, "3:::a");
            send("b");
            host.advance(1);
        }
        assertThat(host.ticks()).isZero();
        host.get("/socket.io/1/");
        for (int i = 0; i < 1000; i++) {
            poll();
            send("b");
            host.advance(8);
        }
        // One for the WebSocket above; otherwise the earliest time asked for counts, and none comes before it.
        assertThat(host.ticks()).isLessThan(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "d=nonsense",
                "e=%223%22",
                "d=%223%3A%3A%3Aa%22&d=%22%22",
                "d=x",
                "d=%2",
                "d=%zz",
                "d=",
                "",
                "d=%22\u00e9"
            })
    void aFormWithoutPacketsEndsTheSession(String body) {
        host.get("/socket.io/1/");
        host.get("/socket.io/1/jsonp-polling/" + host.sid());
        host.send(new Packet.Connect("/", null));
        assertThat(host.post("/socket.io/1/jsonp-polling/" + host.sid(), body)
                        .response()
                        .body())
                .hasToString("1");
        assertThat(host.told()).last().isEqualTo("closed parse error");
    }

    @Test
    void refusalsOfHandshakesAreWordedForClientsAndEscapedInScripts() {
        assertThat(refused("/socket.io/1/", Refusal.FORBIDDEN, null)).isEqualTo("403 handshake unauthorized");
        assertThat(refused("/socket.io/1/", Refusal.FORBIDDEN, "not you")).isEqualTo("403 not you");
        assertThat(refused("/socket.io/1/", Refusal.OVERLOADED, null)).isEqualTo("503 handshake error");
        assertThat(refused("/socket.io/1/?jsonp=4", Refusal.FORBIDDEN, "\"</script>\u2028"))
                .isEqualTo("200 io.j[4](new Error(\"\\\"\\u003c\\/script>\\u2028\"));");
        assertThat(refused("/socket.io/1/?jsonp=a", Refusal.FORBIDDEN, null)).startsWith("403");
        RecordedHead head = new RecordedHead("GET", "/socket.io/1/", List.of("Origin", "http://x.example"), false);
        RecordingExchange exchange = host.request(head, Bytes.EMPTY);
        assertThat(exchange.response().status()).isEqualTo(200);
    }

    private String refused(String target, Refusal refusal, String message) {
        RecordingExchange exchange = host.unclaimed(target);
        new Gen1().refuse(exchange, refusal, message);
        return exchange.response().status() + " " + exchange.response().body();
    }

    private RecordingLine line() {
        host.get("/socket.io/1/");
        RecordingLine line = host.line("/socket.io/1/websocket/" + host.sid());
        host.send(new Packet.Connect("/", null));
        return line;
    }

    private RecordingExchange poll() {
        return host.get("/socket.io/1/xhr-polling/" + host.sid() + "?t=1");
    }

    private void send(String text) {
        host.send(message(text));
    }

    private static Packet message(String text) {
        return new Packet.Message("/", Packet.NO_ACK, Bytes.utf8('"' + text + '"'), List.of());
    }

    private static SessionOptions options(int maxQueued) {
        return new SessionOptions(Set.of(), Set.of(), true, 1000, maxQueued, 10, 64, 25_000, 20_000, 10_000, Map.of());
    }
}
