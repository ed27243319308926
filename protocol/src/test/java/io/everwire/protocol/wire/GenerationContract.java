package io.everwire.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Generation;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import io.everwire.protocol.Refusal;
import io.everwire.protocol.SendOptions;
import io.everwire.protocol.SessionOptions;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The contract of every generation, tested through its subclass for each. A known deviation is an override with its
 * reason.
 */
public abstract class GenerationContract {
    /** Long enough for every timer of every generation to expire. */
    private static final long LONG = 10 * 60_000;

    private static final int MAX_QUEUED = 20_000;

    /** Returns the generation under test. */
    protected abstract Generation generation();

    /** Returns a target that opens a session on a WebSocket. */
    protected abstract String lineTarget();

    /** Returns a target that opens a session by polling. */
    protected abstract String pollTarget();

    /** Returns a target that polls a session. */
    protected abstract String pollTarget(String sid);

    /** Opens a session on a WebSocket. Overridden if a request of another kind comes first. */
    protected RecordingLine openLine(GenerationHost host) {
        return host.line(lineTarget());
    }

    /** Opens a session by polling, and leaves no poll pending. Overridden like {@link #openLine}. */
    protected void openPolling(GenerationHost host) {
        host.get(pollTarget());
    }

    private final SessionOptions options = with(SessionOptions.DEFAULTS, MAX_QUEUED);
    private final GenerationHost host = new GenerationHost(generation(), options);

    /** Returns the host of this test: each test has its own. */
    final GenerationHost host() {
        return host;
    }

    @Test
    void requestsOfNobodyAreLeftToTheApplication() {
        for (String target : List.of("/socket.io/inexistent", "/socket.io/socket.io.js", "/socket.io/a/b/c")) {
            assertThat(host.get(target).response()).isNotNull();
            assertThat(host.get(target).response().status()).as(target).isEqualTo(404);
        }
    }

    @Test
    void theTransportIsToldFirst() {
        openLine(host);
        assertThat(host.listener().told().get(0)).isEqualTo("transport websocket");
        openPolling(host);
        assertThat(host.listener().told().get(0)).startsWith("transport ").endsWith("polling");
    }

    /** Options cannot choose a transport that they do not know by name. */
    @Test
    void theTransportsThereAreHaveNamesForOptions() {
        openLine(host);
        String line = host.listener().told().get(0).substring("transport ".length());
        openPolling(host);
        String polls = host.listener().told().get(0).substring("transport ".length());

        assertThat(generation().transports())
                .contains(line, polls)
                .containsAll(generation().withheld());
    }

    /** An offset must not become an argument for clients that cannot recover. */
    @Test
    void offsetsAreWrittenForThoseOnlyWhoRecover() {
        JsonArray data = JsonArray.of(Bytes.utf8("\"e\""), Bytes.utf8("1"));
        Packet event = new Packet.Event("/", Packet.NO_ACK, data, List.of());
        Packet kept = new Packet.Event("/", Packet.NO_ACK, data, List.of(), "offset-7");
        Packet message = new Packet.Message("/", Packet.NO_ACK, Bytes.utf8("1"), List.of());
        Packet keptMessage = new Packet.Message("/", Packet.NO_ACK, Bytes.utf8("1"), List.of(), "offset-7");
        for (List<Packet> pair : List.of(List.of(event, kept), List.of(message, keptMessage))) {
            String without = generation().encode(pair.get(0)).text().toString();
            String with = generation().encode(pair.get(1)).text().toString();
            assertThat(without).doesNotContain("offset-7");
            if (generation().recovers()) {
                assertThat(with).contains("offset-7");
            } else {
                assertThat(with).isEqualTo(without);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void closedIsToldOnceAndLastOnALine(CloseReason reason) {
        RecordingLine line = openLine(host);
        host.close(reason);
        host.close(CloseReason.FORCED_CLOSE);
        host.advance(LONG);
        assertThat(line.closed()).isTrue();
        assertClosedOnceWith(reason);
    }

    @ParameterizedTest
    @EnumSource
    void closedIsToldOnceAndLastWithoutAPoll(CloseReason reason) {
        openPolling(host);
        host.close(reason);
        host.close(CloseReason.FORCED_CLOSE);
        host.advance(LONG);
        assertThat(told("closed")).hasSize(1);
        assertThat(host.listener().told()).last().asString().startsWith("closed");
    }

    @ParameterizedTest
    @EnumSource
    void aPendingPollIsAnsweredWhenTheSessionCloses(CloseReason reason) {
        openPolling(host);
        RecordingExchange poll = host.get(pollTarget(host.sid()));
        host.close(reason);
        assertThat(poll.done()).isTrue();
        host.advance(LONG);
        assertClosedOnceWith(reason);
    }

    @ParameterizedTest
    @EnumSource(names = {"PARSE_ERROR", "TRANSPORT_ERROR"})
    void aPeerThatBrokeTheRulesIsNotWaitedFor(CloseReason reason) {
        openPolling(host);
        host.close(reason);
        assertClosedOnceWith(reason);
    }

    @Test
    void callsAfterClosedAreHarmless() {
        RecordingLine line = openLine(host);
        host.close(CloseReason.FORCED_CLOSE);
        host.advance(LONG);
        int told = host.listener().told().size();
        RecordingExchange late =
                new RecordingExchange(RecordedHead.of("GET", pollTarget(host.sid())), Bytes.EMPTY, host);
        RecordingLine lateLine = new RecordingLine(RecordedHead.webSocket(lineTarget()), null);
        long now = host.clock().now();
        host.call(session -> session.request(late, now));
        host.call(session -> session.body(late, Bytes.utf8("?"), now));
        host.call(session -> session.oversized(late, now));
        host.call(session -> session.gone(late, now));
        host.call(session -> session.lineOpened(lateLine, now));
        host.call(session -> session.text(lateLine, Bytes.utf8("?"), now));
        host.call(session -> session.binary(line, Bytes.utf8("?"), now));
        host.call(session -> session.lineClosed(line, CloseReason.TRANSPORT_ERROR, now));
        host.call(session -> session.send(generation().encode(event("x")), now));
        host.call(session -> session.tick(now));
        host.call(session -> session.close(CloseReason.TRANSPORT_CLOSE, now));
        assertThat(late.done()).isTrue();
        assertThat(lateLine.closed()).isTrue();
        assertThat(host.listener().told()).hasSize(told);
    }

    @Test
    void aSilentPeerIsNoticedWithoutMuchWaking() {
        openLine(host);
        host.advance(LONG);
        assertThat(told("closed")).hasSize(1);
        assertThat(host.ticks()).isLessThan(100);
    }

    @Test
    void aPeerThatNeverPollsIsNoticed() {
        openPolling(host);
        host.advance(LONG);
        assertThat(told("closed")).hasSize(1);
    }

    @Test
    void aLineThatClosesEndsInOneClosed() {
        host.close(openLine(host));
        host.advance(LONG);
        assertThat(told("closed")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\0",
                "x",
                "9",
                "-1",
                "{}",
                "[]",
                "4",
                "42",
                "42[",
                "~m~",
                "~m~9~m~",
                "::::",
                "\uFFFD5\uFFFD",
                "GET / HTTP/1.1\r\n\r\n"
            })
    void garbageAsFirstBytesHarmsNobodyElse(String garbage) {
        RecordingLine line = openLine(host);
        host.text(line, garbage);
        host.binary(line, Bytes.utf8(garbage));
        host.advance(LONG);
        assertThat(told("closed")).hasSize(1);
    }

    @Test
    void randomMessagesAreReadOrRefused() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            RecordingLine line = openLine(host);
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(30), 0x20, 0x7F).forEach(text::appendCodePoint);
            host.text(line, text.toString());
            host.close(line);
        }
    }

    @Test
    void whatWaitsForAPollIsBounded() {
        openPolling(host);
        assertThat(sendUntilClosed(400)).isBetween(10, 21);
        assertThat(host.listener().told()).last().isEqualTo("closed transport error");
    }

    @Test
    void whatWaitsForASlowReaderIsBounded() {
        RecordingLine line = openLine(host);
        line.writable(false);
        assertThat(sendUntilClosed(400)).isBetween(10, 21);
        assertThat(line.closed()).isTrue();
        assertThat(told("closed transport error")).hasSize(1);
    }

    @Test
    void aFastReaderIsNotBounded() {
        openLine(host);
        assertThat(sendUntilClosed(50)).isEqualTo(50);
    }

    @ParameterizedTest
    @EnumSource
    void everyRefusalIsAnAnswer(Refusal refusal) {
        for (RecordedHead head : List.of(RecordedHead.of("GET", pollTarget()), RecordedHead.webSocket(lineTarget()))) {
            for (String message : new String[] {null, "because \"I\" </script> say so"}) {
                RecordingExchange exchange = new RecordingExchange(head, Bytes.EMPTY, host);
                generation().refuse(exchange, refusal, message);
                assertThat(exchange.done()).isTrue();
                assertThat(exchange.response() == null || exchange.response().status() >= 400)
                        .isTrue();
            }
        }
    }

    @Test
    void everyPacketCanBeEncoded() {
        Bytes json = Bytes.utf8("{\"message\":\"no\"}");
        List<Bytes> none = List.of();
        for (Packet packet : List.of(
                new Packet.Connect("/", null),
                new Packet.Connect("/a", json),
                new Packet.ConnectError("/a", json),
                new Packet.Disconnect("/"),
                event("x"),
                new Packet.Event("/a", 0, JsonArray.of(Bytes.utf8("\"e\"")), List.of(Bytes.utf8("attached"))),
                new Packet.Message("/", Packet.NO_ACK, Bytes.utf8("\"text\""), none),
                new Packet.Message("/", 7, json, none),
                new Packet.Ack("/", 7, JsonArray.EMPTY, none))) {
            assertThat(generation().encode(packet)).isEqualTo(generation().encode(packet));
        }
    }

    @Test
    void whatIsSentArrivesInOrder() {
        RecordingLine line = openLine(host);
        int before = line.sent().size();
        for (int i = 0; i < 10; i++) {
            host.send(event("number " + i));
        }
        assertThat(String.join("", line.sent().subList(before, line.sent().size())))
                .containsSubsequence("number 0", "number 1", "number 5", "number 9");
    }

    /** A host encodes the frame of a broadcast once if it knows that several sessions receive it. */
    @Test
    void aBroadcastCarriesItsNumberOfReceivers() {
        RecordingLine line = openLine(host);
        Encoded broadcast = generation().encode(event("x")).sharedBy(3);
        host.call(session -> session.send(broadcast, host.clock().now()));
        assertThat(line.options()).last().extracting(SendOptions::receivers).isEqualTo(3);
        host.send(event("y"));
        assertThat(line.options()).last().extracting(SendOptions::receivers).isEqualTo(1);
    }

    /** Returns the number of kilobytes that could be sent before the session closed. */
    private int sendUntilClosed(int most) {
        Packet kilobyte = event("x".repeat(1000));
        for (int sent = 0; sent < most; sent++) {
            if (host.listener().closed()) {
                return sent;
            }
            host.send(kilobyte);
        }
        return most;
    }

    private void assertClosedOnceWith(CloseReason reason) {
        assertThat(told("closed")).containsExactly("closed " + reason);
        assertThat(host.listener().told()).last().isEqualTo("closed " + reason);
    }

    private List<String> told(String start) {
        return host.listener().told().stream()
                .filter(what -> what.startsWith(start))
                .toList();
    }

    private static Packet event(String argument) {
        JsonArray data = JsonArray.of(Bytes.utf8("\"event\""), Bytes.utf8('"' + argument + '"'));
        return new Packet.Event("/", Packet.NO_ACK, data, List.of());
    }

    private static SessionOptions with(SessionOptions o, int maxQueued) {
        return new SessionOptions(
                o.transports(),
                o.withheld(),
                o.upgrades(),
                o.maxPayload(),
                maxQueued,
                o.maxAttachments(),
                o.maxDepth(),
                o.pingInterval(),
                o.pingTimeout(),
                o.upgradeTimeout(),
                Map.of());
    }
}
