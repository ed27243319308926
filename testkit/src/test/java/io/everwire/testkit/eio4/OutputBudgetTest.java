package io.everwire.testkit.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.DropReason;
import io.everwire.EmitResult;
import io.everwire.LimitOptions;
import io.everwire.Overflow;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.engine.Engine;
import io.everwire.testkit.TestServer;
import io.everwire.testkit.TestWebSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The limit of the bytes queued for all clients together, while each client stays below its own limit. */
class OutputBudgetTest {
    private static final String LINE = "/socket.io/?EIO=4&transport=websocket";
    private static final String POLL = "/socket.io/?EIO=4&transport=polling";
    private static final int TOTAL = 20_000;

    private final TestServer test = TestServer.create(ServerOptions.builder()
            .limits(LimitOptions.builder().maxQueuedBytesTotal(TOTAL).build())
            .build());
    private final List<Socket> sockets = new ArrayList<>();
    private final Map<Socket, String> ends = new LinkedHashMap<>();

    OutputBudgetTest() {
        test.server().onConnection(sockets::add);
        test.server().onDisconnect((socket, reason) -> ends.put(socket, reason.toString()));
    }

    @Test
    void thoseForWhomMostWaitsAreClosedAndNobodyElse() {
        Socket little = slow();
        Socket most = slow();
        Socket some = slow();
        TestWebSocket reading = line();
        little.emit("e", bytes(2_000));
        most.emit("e", bytes(7_000));
        most.emit("e", bytes(2_000));
        some.emit("e", bytes(6_000));
        assertThat(held()).isBetween(17_000L, 17_500L);
        assertThat(ends).isEmpty();

        little.emit("e", bytes(4_000));

        assertThat(ends).containsOnlyKeys(most).containsValue("transport error");
        assertThat(held()).isBetween(12_000L, 12_500L);
        int before = reading.received().size();
        test.server().emit("everybody");
        assertThat(reading.received()).hasSize(before + 1);
        assertThat(List.of(little, some)).allMatch(Socket::connected);
    }

    @Test
    void pollsThatDoNotComeCountAsWell() {
        List<String> sids = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            sids.add(poll());
            sockets.get(i).emit("e", bytes(4_500 + i));
        }
        assertThat(held()).isBetween(18_000L, 18_500L);

        sockets.get(0).emit("e", bytes(3_000));

        assertThat(ends).containsOnlyKeys(sockets.get(0));
        test.request("GET", POLL + "&sid=" + sids.get(1)).send();
        assertThat(held()).as("the poll received it").isBetween(9_000L, 9_500L);
    }

    @Test
    void whatIsReadOrHasGoneIsCountedNoMore() {
        TestWebSocket first = line();
        TestWebSocket second = line();
        first.writable(false);
        second.writable(false);
        sockets.forEach(socket -> socket.emit("e", bytes(5_000)));
        assertThat(held()).isBetween(10_000L, 10_500L);

        first.writable(true);
        second.close();

        assertThat(held()).isZero();
        assertThat(ends).containsOnlyKeys(sockets.get(1));
    }

    @Test
    void aNamespaceThatDropsDoesSoFromThreeQuartersOnAndKeepsItsClients() {
        test.server().of("/").overflow(Overflow.DROP);
        Socket first = slow();
        Socket second = slow();
        TestWebSocket reading = line();
        first.emit("e", bytes(8_000));
        assertThat(second.emit("e", bytes(8_000))).isEqualTo(EmitResult.ACCEPTED);

        assertThat(first.emit("e", bytes(10))).isEqualTo(EmitResult.dropped(DropReason.SERVER_QUEUE_NEARLY_FULL));
        assertThat(second.emit("e", bytes(10))).isEqualTo(EmitResult.dropped(DropReason.SERVER_QUEUE_NEARLY_FULL));

        int before = reading.received().size();
        assertThat(sockets.get(2).emit("e", bytes(10)))
                .as("a client that reads")
                .isEqualTo(EmitResult.ACCEPTED);
        assertThat(reading.received()).hasSize(before + 1);
        assertThat(ends).isEmpty();
    }

    @Test
    void aLargePacketThatManyAreSentIsCountedOnce() {
        for (int i = 0; i < 10; i++) {
            slow();
        }

        test.server().emit("news", bytes(10_000));

        assertThat(held()).isBetween(0L, 10_100L);
        assertThat(ends).isEmpty();
        sockets.get(0).emit("own", bytes(10_000));
        sockets.get(1).emit("own", bytes(10_000));
        assertThat(ends).hasSize(1);
    }

    @Test
    void whatIsOnItsWayToABusyLoopIsBoundedForAllTogether() {
        for (int i = 0; i < 10; i++) {
            line();
        }
        List<EmitResult> outcomes = new ArrayList<>();

        test.time().atOnce(() -> sockets.forEach(socket -> outcomes.add(socket.emit("e", bytes(4_000)))));

        assertThat(outcomes.subList(0, 4)).containsOnly(EmitResult.ACCEPTED);
        assertThat(outcomes.subList(4, 10)).containsOnly(EmitResult.dropped(DropReason.SERVER_QUEUE_FULL));
        assertThat(ends).hasSize(6).containsValue("transport error");
        assertThat(sockets.get(0).emit("e", bytes(4_000))).isEqualTo(EmitResult.ACCEPTED);
    }

    private long held() {
        return test.server().unwrap(Engine.class).budget().held();
    }

    /** Returns the socket of a WebSocket client that does not read. */
    private Socket slow() {
        line().writable(false);
        return sockets.get(sockets.size() - 1);
    }

    private TestWebSocket line() {
        return test.webSocket(LINE).send("40");
    }

    private String poll() {
        String open = test.request("GET", POLL).send().response().body().toString();
        String sid = open.replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
        test.request("POST", POLL + "&sid=" + sid).body("40").send();
        test.request("GET", POLL + "&sid=" + sid).send();
        return sid;
    }

    private static String bytes(int count) {
        return "x".repeat(count);
    }
}
