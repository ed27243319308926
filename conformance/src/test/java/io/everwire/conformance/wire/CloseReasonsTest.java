package io.everwire.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.CloseReason;
import io.everwire.LimitOptions;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.testkit.TestServer;
import io.everwire.testkit.TestWebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reason of a closed client tells a slow client and an evicted one from a broken connection, in every generation. */
class CloseReasonsTest {
    private static final String KILOBYTE = "x".repeat(1_000);

    private final List<CloseReason> reasons = new ArrayList<>();
    private final List<Socket> sockets = new ArrayList<>();

    /** Opens the WebSocket of a client that has joined. */
    private record Opening(String generation, Function<TestServer, TestWebSocket> open) {
        @Override
        public String toString() {
            return generation;
        }
    }

    static Stream<Opening> generations() {
        return Stream.of(
                new Opening("gen0", test -> test.webSocket("/socket.io/websocket")),
                new Opening("gen1", test -> {
                    String handshake = test.request("GET", "/socket.io/1/")
                            .send()
                            .response()
                            .body()
                            .toString();
                    return test.webSocket("/socket.io/1/websocket/" + handshake.substring(0, handshake.indexOf(':')));
                }),
                new Opening("eio3", test -> test.webSocket("/socket.io/?EIO=3&transport=websocket")),
                new Opening(
                        "eio4",
                        test -> test.webSocket("/socket.io/?EIO=4&transport=websocket")
                                .send("40")));
    }

    @ParameterizedTest
    @MethodSource("generations")
    void aClientWithAFullQueue(Opening client) {
        slow(client, ServerOptions.builder().maxQueuedBytes(5_000), 6);

        assertThat(reasons).containsExactly(CloseReason.QUEUE_OVERFLOW);
        assertThat(reasons.get(0)).as("the text of the Node server").hasToString("transport error");
    }

    @ParameterizedTest
    @MethodSource("generations")
    void aClientThatIsEvicted(Opening client) {
        slow(
                client,
                ServerOptions.builder()
                        .limits(LimitOptions.builder()
                                .maxQueuedBytesTotal(20_000)
                                .build()),
                21);

        assertThat(reasons).containsExactly(CloseReason.EVICTED);
        assertThat(reasons.get(0)).as("the text of the Node server").hasToString("transport error");
    }

    @Test
    void packetsOfOtherThreadsThatTheEventLoopHasNotTaken() {
        TestServer test = server(ServerOptions.builder().maxQueuedBytes(5_000));
        generations().forEach(client -> {
            var unused = client.open.apply(test);
        });

        test.time().atOnce(() -> {
            for (int i = 0; i < 6; i++) {
                sockets.forEach(socket -> socket.emit("e", KILOBYTE));
            }
        });

        assertThat(reasons).hasSize(4).containsOnly(CloseReason.QUEUE_OVERFLOW);
    }

    private void slow(Opening client, ServerOptions.Builder options, int kilobytes) {
        TestServer test = server(options);
        client.open.apply(test).writable(false);
        assertThat(sockets).hasSize(1);
        for (int i = 0; i < kilobytes; i++) {
            sockets.get(0).emit("e", KILOBYTE);
        }
    }

    private TestServer server(ServerOptions.Builder options) {
        TestServer test = TestServer.create(options.build());
        test.server().onConnection(sockets::add);
        test.server().onDisconnect((socket, reason) -> reasons.add(reason));
        return test;
    }
}
