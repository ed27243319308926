package io.everwire.protocol.gen0;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Packet;
import io.everwire.protocol.SendOptions;
import io.everwire.protocol.Session;
import io.everwire.protocol.SessionListener;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.TransportOptions;
import io.everwire.protocol.wire.GenerationHost;
import io.everwire.protocol.wire.RecordedHead;
import io.everwire.protocol.wire.RecordingExchange;
import io.everwire.protocol.wire.RecordingLine;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests cases that a transcript cannot show. The names carry the numbers of the original's defects. */
final class Gen0SessionTest {
    private static final TransportOptions STAYS = new TransportOptions(
            OptionalLong.of(3000), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

    private final GenerationHost host = new GenerationHost(new Gen0(), options(1000, Map.of("websocket", STAYS)));

    @Test
    void f6TheEndOfAnIdleConnectionThatOnceCarriedAPollIsNotADisconnect() {
        RecordingExchange first = poll("");
        RecordingExchange second = poll(host.sid());
        send("one");
        RecordingExchange third = poll(host.sid());
        for (RecordingExchange old : List.of(first, second)) {
            host.call(session -> session.gone(old, host.clock().now()));
        }
        assertThat(third.done()).isFalse();
        host.advance(19_999);
        send("two");
        assertThat(third.response().body()).hasToString("~m~3~m~two");
    }

    @Test
    void c7ATimerThatComesLateFindsNothingToDo() {
        poll("");
        RecordingExchange poll = poll(host.sid());
        host.call(session -> session.gone(poll, host.clock().now()));
        host.call(session -> session.tick(host.clock().now()));
        host.advance(8000);
        int told = host.told().size();
        host.call(session -> session.tick(host.clock().now() + 100_000));
        assertThat(host.told()).hasSize(told).last().isEqualTo("closed transport close");
    }

    @Test
    void c6AndC9APostIsAnsweredEvenIfAHandlerFails() {
        Session session = new Gen0()
                .open(
                        "0123456789",
                        RecordedHead.of("GET", "/socket.io/xhr-polling"),
                        failing(),
                        options(1000, Map.of()),
                        5);
        TestExchange handshake = new TestExchange(RecordedHead.of("GET", "/socket.io/xhr-polling"));
        session.request(handshake, 5);
        assertThat(handshake.answer()).isEqualTo("200 ~m~10~m~0123456789");
        TestExchange post = new TestExchange(RecordedHead.of("POST", "/socket.io/xhr-polling/0123456789/send"));
        session.request(post, 6);
        assertThatThrownBy(() -> session.body(post, Bytes.utf8("data=~m~1~m~a"), 6))
                .hasMessage("handler");
        assertThat(post.answer()).isEqualTo("200 ok");
        TestExchange poll = new TestExchange(RecordedHead.of("GET", "/socket.io/xhr-polling/0123456789/1"));
        session.request(poll, 7);
        session.send(encoded("x"), 8);
        assertThat(poll.answer()).isEqualTo("200 ~m~1~m~x");
    }

    @Test
    void f8ALineThatWasReplacedOrGivenUpHasNoSay() {
        RecordingLine old = host.line("/socket.io/websocket");
        host.line("/socket.io/websocket/" + host.sid());
        int told = host.told().size();
        long now = host.clock().now();
        host.call(session -> session.text(old, Bytes.utf8("~m~1~m~a"), now));
        host.call(session -> session.binary(old, Bytes.utf8("a"), now));
        host.call(session -> session.lineClosed(old, CloseReason.TRANSPORT_ERROR, now));
        host.advance(9_999);
        assertThat(host.told()).hasSize(told);
    }

    @Test
    void anotherTransportsUrlDoesNotReachTheSession() {
        poll("");
        RecordingExchange poll = poll(host.sid());
        TestExchange other =
                new TestExchange(RecordedHead.of("GET", "/socket.io/jsonp-polling/" + host.sid() + "/1289345741903/0"));
        host.call(session -> session.request(other, host.clock().now()));
        assertThat(other.answer()).isEqualTo("drop");
        assertThat(poll.done()).isFalse();
    }

    @Test
    void whyALineClosedIsToldOnceItIsOver() {
        RecordingLine line = host.line("/socket.io/websocket");
        host.call(session -> session.lineClosed(
                line, CloseReason.TRANSPORT_ERROR, host.clock().now()));
        host.advance(2999);
        assertThat(host.listener().closed()).isFalse();
        host.advance(1);
        assertThat(host.told()).last().isEqualTo("closed transport error");
    }

    @Test
    void aSlowReaderThatCatchesUpIsKept() {
        RecordingLine line = host.line("/socket.io/websocket");
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

    @ParameterizedTest
    @ValueSource(strings = {"/socket.io/htmlfile//1", "/socket.io/xhr-multipart/", "/socket.io/server-events"})
    void s6WhatAStreamsSlowReaderDoesNotTakeIsBounded(String target) {
        RecordingExchange stream = host.get(target);
        for (int i = 0; i < 10; i++) {
            stream.setWritable(false);
            send("x".repeat(900));
            stream.setWritable(true);
            send("y".repeat(2000));
        }
        assertThat(stream.done()).isFalse();
        stream.setWritable(false);
        send("x".repeat(900));
        send("x".repeat(100));
        assertThat(host.told()).last().isEqualTo("closed transport error");
        // A regular end would be queued behind all the rest.
        assertThat(stream.stream()).last().isEqualTo("drop");
    }

    @Test
    void f9NothingIsLeftBehindByAPoll() {
        poll("");
        for (int i = 0; i < 1000; i++) {
            poll(host.sid());
            send("a");
        }
        RecordingExchange last = poll(host.sid());
        assertThat(host.ticks()).isZero();
        host.advance(19_999);
        assertThat(last.done()).isFalse();
        host.advance(1);
        assertThat(last.response().body().isEmpty()).isTrue();
        assertThat(host.ticks()).isLessThan(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/socket.io/xhr-polling//1", "/socket.io/jsonp-polling//1/0"})
    void f11AConnectionIsNotClosedOnceItsPollIsAnswered(String target) {
        RecordingExchange handshake = host.get(target);
        RecordingExchange poll = host.get(target.replace("//", "/" + host.sid() + "/"));
        send("a");
        host.close(CloseReason.FORCED_CLOSE);
        host.advance(100_000);
        assertThat(handshake.dropped()).isFalse();
        assertThat(poll.dropped()).isFalse();
    }

    @Test
    void f12ABodyWithUnescapedCharactersIsReadWhole() {
        poll("");
        RecordingExchange post =
                host.post("/socket.io/xhr-polling/" + host.sid() + "/send", "data=~m~4~m~\u00e9\u20ac\ud83d\ude00");
        assertThat(post.response().status()).isEqualTo(200);
        assertThat(host.told()).last().isEqualTo("message / \"\u00e9\u20ac\ud83d\ude00\"");
    }

    @Test
    void f22AMessageBeforeTheFirstPollIsNoDisconnect() {
        poll("");
        host.post("/socket.io/xhr-polling/" + host.sid() + "/send", "data=~m~5~m~early");
        RecordingExchange poll = poll(host.sid());
        host.advance(19_999);
        send("late");
        assertThat(poll.response().body()).hasToString("~m~4~m~late");
        assertThat(host.listener().closed()).isFalse();
    }

    @Test
    void s9ALineOfAnotherTransportDoesNotReachTheSession() {
        RecordingLine line = host.line("/socket.io/websocket");
        RecordingLine other = host.line("/socket.io/flashsocket/" + host.sid());
        assertThat(other.sent()).containsExactly("close 1005");
        send("a");
        assertThat(line.sent()).last().isEqualTo("\"~m~1~m~a\"");
    }

    @Test
    void messagesAskForNoWakeUps() {
        RecordingLine line = host.line("/socket.io/websocket");
        for (int i = 0; i < 1000; i++) {
            host.text(line, "~m~1~m~a");
            send("b");
            host.advance(1);
        }
        assertThat(host.ticks()).isZero();
        poll("");
        for (int i = 0; i < 1000; i++) {
            poll(host.sid());
            send("b");
            host.advance(8);
        }
        // One wake-up is outstanding, at most every closeTimeout of 8 s, and one for the WebSocket above.
        assertThat(host.ticks()).isLessThan(5);
    }

    @Test
    void aBroadcastIsNotCompressed() {
        RecordingLine line = host.line("/socket.io/websocket");
        Encoded broadcast = encoded("shared").compress(true).sharedBy(2);
        host.call(session -> session.send(broadcast, host.clock().now()));
        assertThat(line.options()).last().isEqualTo(new SendOptions(false, 2));
    }

    @Test
    void whatIsSharedIsNotCopied() {
        RecordedHead head = RecordedHead.of("GET", "/socket.io/xhr-polling");
        Session session = new Gen0().open("0123456789", head, failing(), options(1000, Map.of()), 0);
        session.request(new TestExchange(head), 0);
        Encoded shared = encoded("shared");
        session.send(shared, 0);
        TestExchange poll = new TestExchange(RecordedHead.of("GET", "/socket.io/xhr-polling/0123456789"));
        session.request(poll, 0);
        assertThat(poll.body()).isSameAs(shared.text());
    }

    @Test
    void aPollHeldForNoTimeIsAnsweredAtOnce() {
        TransportOptions none = new TransportOptions(
                OptionalLong.of(0), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.of(0));
        GenerationHost impatient = new GenerationHost(new Gen0(), options(1000, Map.of("xhr-polling", none)));
        impatient.get("/socket.io/xhr-polling");
        assertThat(impatient.told()).containsExactly("transport xhr-polling", "connect /", "closed transport close");
    }

    private RecordingExchange poll(String sid) {
        return host.get("/socket.io/xhr-polling/" + sid + "/1");
    }

    private void send(String text) {
        host.send(message(text));
    }

    private static Packet message(String text) {
        return new Packet.Message("/", Packet.NO_ACK, Bytes.utf8('"' + text + '"'), List.of());
    }

    private static Encoded encoded(String text) {
        return new Gen0().encode(message(text));
    }

    private static SessionOptions options(int maxQueued, Map<String, TransportOptions> perTransport) {
        return new SessionOptions(
                Set.of(), Set.of(), true, 1000, maxQueued, 10, 64, 25_000, 20_000, 10_000, perTransport);
    }

    /** Returns a listener that fails on every message, as an application's handler may. */
    private static SessionListener failing() {
        return new SessionListener() {
            @Override
            public void packet(Packet packet) {
                if (packet instanceof Packet.Message) {
                    throw new IllegalStateException("handler");
                }
            }

            @Override
            public void wakeAt(long time) {}

            @Override
            public void transport(String name) {}

            @Override
            public void closed(CloseReason reason) {}
        };
    }
}
