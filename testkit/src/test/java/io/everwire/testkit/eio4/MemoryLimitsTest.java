package io.everwire.testkit.eio4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.LimitOptions;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.engine.Engine;
import io.everwire.engine.MemoryBudget;
import io.everwire.testkit.TestExchange;
import io.everwire.testkit.TestServer;
import io.everwire.testkit.TestWebSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Limits of the memory that all clients use together, and of parts that are kept for long. */
class MemoryLimitsTest {
    private static final String OPEN = "/socket.io/?EIO=4&transport=polling";
    private static final String LINE = "/socket.io/?EIO=4&transport=websocket";

    private final List<Socket> sockets = new ArrayList<>();
    private final List<String> reported = new ArrayList<>();

    /** B12: requests that open sessions and do nothing else kept everybody out. */
    @Test
    void sessionsThatWereNeverUsedGiveWay() {
        TestServer test = server(limits -> limits.maxUnconnected(10));
        TestExchange first = test.request("GET", OPEN).send();
        TestExchange used = test.request("GET", OPEN).send();
        test.request("GET", OPEN + "&sid=" + sid(used)).send();
        for (int i = 0; i < 100; i++) {
            assertThat(test.request("GET", OPEN).send().response().status()).isEqualTo(200);
        }

        assertThat(test.server().unwrap(Engine.class).size()).isLessThanOrEqualTo(10);
        assertThat(test.request("POST", OPEN + "&sid=" + sid(first))
                        .body("40")
                        .send()
                        .response()
                        .status())
                .isEqualTo(400);
        assertThat(test.request("POST", OPEN + "&sid=" + sid(used))
                        .body("40")
                        .send()
                        .response()
                        .status())
                .isEqualTo(200);
    }

    /** B12: a session whose close packet nobody fetches counted for another 30 seconds. */
    @Test
    void closingSessionsKeepNobodyOut() {
        TestServer test = server(limits -> limits.maxUnconnected(1));
        TestExchange first = test.request("GET", OPEN).send();
        test.request("POST", OPEN + "&sid=" + sid(first)).body("40/nowhere,").send();

        test.advance(Duration.ofSeconds(46));

        assertThat(test.webSocket(LINE).refused()).isFalse();
    }

    /** B1: what a client sends when it joins is kept as long as its socket. */
    @Test
    void authOfLimitedSize() {
        TestServer test = server(limits -> limits.maxAuthBytes(100));
        TestWebSocket line = test.webSocket(LINE);

        line.send("40{\"token\":\"" + "x".repeat(100) + "\"}");
        assertThat(line.received()).last().isEqualTo("44{\"message\":\"maxAuthBytes: the limit is 100, not 112\"}");
        line.send("40{\"token\":\"x\"}");

        assertThat(line.received()).last().asString().startsWith("40{");
        assertThat(sockets).hasSize(1);
    }

    @Test
    void authIsCountedAsLongAsItsSocketIsConnected() {
        TestServer test = server(limits -> limits.maxSessionBytesTotal(200_000));
        TestWebSocket line = test.webSocket(LINE);
        for (int i = 0; i < 50; i++) {
            line.send("40{\"token\":\"" + "x".repeat(20_000) + "\"}").send("41");
        }
        assertThat(line.closed()).isFalse();

        for (int i = 0; i < 20 && !line.closed(); i++) {
            test.server().of("/n" + i);
            line.send("40/n" + i + ",{\"token\":\"" + "x".repeat(20_000) + "\"}");
        }

        assertThat(line.closed()).isTrue();
        assertThat(test.webSocket(LINE).refused()).isFalse();
    }

    /** B15: before a client has joined, its attachments are for nobody. */
    @Test
    void fewAttachmentsBeforeJoining() {
        TestServer test = server(limits -> limits.maxAuthBytes(1_000));
        TestWebSocket line = test.webSocket(LINE).send("452-[\"e\"]").send(new byte[2_000]);
        assertThat(line.closed()).isFalse();
        TestWebSocket more = test.webSocket(LINE).send("452-[\"e\"]").send(new byte[4_000]);

        assertThat(more.closed()).isTrue();
        assertThat(test.webSocket(LINE)
                        .send("40")
                        .send("452-[\"e\"]")
                        .send(new byte[4_000])
                        .closed())
                .isFalse();
    }

    /** B15: rooms were limited in number, but not in the length of their names. */
    @Test
    void namesOfRoomsAreLimited() {
        TestServer test = server(limits -> limits.maxRoomNameLength(8));
        test.webSocket(LINE).send("40");

        sockets.get(0).join("12345678");
        assertThatThrownBy(() -> sockets.get(0).join("123456789"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("maxRoomNameLength: the name of a room has 9 characters, the limit is 8");
    }

    private static String sid(TestExchange opened) {
        return opened.response().body().toString().replaceAll("(?s).*\"sid\":\"([^\"]+)\".*", "$1");
    }

    /** B7: the events of disconnected clients are freed before their blocked handler returns. */
    @Test
    void theClientWithTheMostPendingEventsLosesThemAndNobodyElse() {
        Deque<Runnable> handlers = new ArrayDeque<>();
        TestServer test = TestServer.createThreaded(ServerOptions.builder()
                .handlerExecutor(handlers::add)
                .limits(LimitOptions.builder().maxInputBytesTotal(7_000).build())
                .build());
        MemoryBudget input = test.server().unwrap(Engine.class).input();
        test.server().on("e", String.class, (socket, text) -> reported.add(text.substring(0, 2)));
        TestWebSocket most = test.webSocket(LINE).send("40");
        most.send(event("a1", 2_000)).send(event("a2", 2_000)).close();
        TestWebSocket less = test.webSocket(LINE).send("40");
        assertThat(input.held()).isBetween(4_000L, 5_000L);

        less.send(event("b1", 3_000));

        assertThat(input.held()).as("without handling anything").isBetween(3_000L, 3_500L);
        while (!handlers.isEmpty()) {
            handlers.remove().run();
        }
        assertThat(reported).containsExactly("b1");
        assertThat(less.closed()).isFalse();
        assertThat(input.held()).isZero();
    }

    private static String event(String name, int length) {
        return "42[\"e\",\"" + name + "x".repeat(length) + "\"]";
    }

    /** B1: a packet whose last attachment never comes is counted, and its client closed for the others. */
    @Test
    void attachmentsThatDoNotComeAreCounted() {
        TestServer test = server(limits -> limits.maxInputBytesTotal(50_000));
        MemoryBudget input = test.server().unwrap(Engine.class).input();
        TestWebSocket most = test.webSocket(LINE).send("40").send("452-[\"e\"]").send(new byte[30_000]);
        TestWebSocket less = test.webSocket(LINE).send("40").send("452-[\"e\"]").send(new byte[15_000]);
        assertThat(input.held()).isBetween(45_000L, 46_000L);

        TestWebSocket last = test.webSocket(LINE).send("40").send("452-[\"e\"]").send(new byte[10_000]);

        assertThat(most.closed()).isTrue();
        assertThat(List.of(less, last)).noneMatch(TestWebSocket::closed);
        assertThat(input.held()).isBetween(25_000L, 26_000L);
        less.send(new byte[1]);
        last.close();
        assertThat(input.held()).isZero();
    }

    private TestServer server(UnaryOperator<LimitOptions.Builder> limits) {
        TestServer test = TestServer.create(ServerOptions.builder()
                .limits(limits.apply(LimitOptions.builder()).build())
                .build());
        test.server().onConnection(sockets::add);
        return test;
    }
}
