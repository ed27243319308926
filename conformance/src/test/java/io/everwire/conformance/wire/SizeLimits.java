package io.everwire.conformance.wire;

import static io.everwire.conformance.wire.LimitProbe.POLLING;
import static io.everwire.conformance.wire.LimitProbe.WEB_SOCKET;
import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.Overflow;
import io.everwire.RecoveryOptions;
import io.everwire.ServerOptions;
import io.everwire.conformance.wire.EveryLimitTest.Row;
import io.everwire.testkit.TestServer;
import io.everwire.testkit.TestWebSocket;
import java.util.List;
import java.util.function.UnaryOperator;

/** The limits of the sizes of packets, of queues, and of memory. */
final class SizeLimits {
    private static final String KILOBYTES = "x".repeat(20_000);
    private static final String TWO_ATTACHMENTS =
            "452-[\"e\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]";

    private SizeLimits() {}

    static List<Row> rows() {
        return List.of(
                new Row("ServerOptions.maxAttachments", probe -> {
                    TestServer test = probe.server(options -> options.maxAttachments(1));
                    assertThat(test.webSocket(WEB_SOCKET)
                                    .send("40")
                                    .send(TWO_ATTACHMENTS)
                                    .closed())
                            .isTrue();
                }),
                depth(WEB_SOCKET, "40", "42[\"e\",[[1]]]"),
                depth("/socket.io/?EIO=3&transport=websocket", "42[\"e\",[[1]]]"),
                depth("/socket.io/websocket", "~m~10~m~~j~[[[1]]]"),
                new Row("ServerOptions.maxJsonDepth", probe -> {
                    TestServer test = probe.server(options -> options.maxJsonDepth(2));
                    String sid = test.request("GET", "/socket.io/1/")
                            .send()
                            .response()
                            .body()
                            .toString()
                            .replaceAll(":.*", "");
                    TestWebSocket line = test.webSocket("/socket.io/1/websocket/" + sid);
                    line.send("4:::[[[1]]]");
                    assertThat(line.closed()).isFalse();
                }),
                queued(WEB_SOCKET, "40"),
                queued("/socket.io/?EIO=3&transport=websocket"),
                queued("/socket.io/websocket"),
                new Row("ServerOptions.maxQueuedBytes", probe -> {
                    TestServer test = probe.server(options -> options.maxQueuedBytes(10_000));
                    test.server().of("/").overflow(Overflow.DROP);
                    test.server().onConnection(socket -> socket.emit("e", KILOBYTES));
                    TestWebSocket line = test.webSocket(WEB_SOCKET);
                    line.writable(false);
                    line.send("40");
                    assertThat(line.closed()).isFalse();
                }),
                new Row("LimitOptions.maxQueuedBytesTotal", probe -> {
                    TestServer test = probe.limited(limits -> limits.maxQueuedBytesTotal(8_000));
                    polls(test, KILOBYTES);
                }),
                new Row("ServerOptions.maxPendingInput", probe -> {
                    TestServer test = probe.blocked(options -> options.maxPendingInput(1_000));
                    test.server().on("e", socket -> {});
                    TestWebSocket line = test.webSocket(WEB_SOCKET).send("40");
                    for (int i = 0; i < 20; i++) {
                        line.send("42[\"e\",\"" + KILOBYTES + "\"]");
                    }
                    assertThat(line.isRead()).isFalse();
                    assertThat(line.closed()).isFalse();
                }),
                new Row("LimitOptions.maxAuthBytes", probe -> {
                    TestServer test = probe.limited(limits -> limits.maxAuthBytes(8));
                    TestWebSocket line = test.webSocket(WEB_SOCKET).send("40{\"token\":1}");
                    assertThat(line.closed()).isFalse();
                }),
                new Row("LimitOptions.maxInputBytesTotal", probe -> {
                    TestServer test = probe.limited(limits -> limits.maxInputBytesTotal(8_000));
                    assertThat(test.webSocket(WEB_SOCKET)
                                    .send("40")
                                    .send(TWO_ATTACHMENTS)
                                    .send(new byte[20_000])
                                    .closed())
                            .isTrue();
                }),
                new Row("LimitOptions.maxSessionBytesTotal", probe -> {
                    TestServer test = probe.limited(limits -> limits.maxSessionBytesTotal(5_000));
                    while (!test.webSocket(WEB_SOCKET).refused()) {
                        assertThat(probe.observed()).isEmpty();
                    }
                }),
                recovery("maxSessions", options -> options.maxSessions(1)),
                recovery("maxPackets", options -> options.maxPackets(1)),
                recovery("maxBytes", options -> options.maxBytes(1_000)));
    }

    private static Row depth(String target, String... messages) {
        return new Row("ServerOptions.maxJsonDepth", probe -> {
            TestServer test = probe.server(options -> options.maxJsonDepth(2));
            TestWebSocket line = test.webSocket(target);
            for (String message : messages) {
                line.send(message);
            }
        });
    }

    /** A client that does not read. */
    private static Row queued(String target, String... messages) {
        return new Row("ServerOptions.maxQueuedBytes", probe -> {
            TestServer test = probe.server(options -> options.maxQueuedBytes(10_000));
            test.server().onConnection(socket -> {
                for (int i = 0; i < 10; i++) {
                    socket.send(KILOBYTES);
                }
            });
            TestWebSocket line = test.webSocket(target);
            line.writable(false);
            for (String message : messages) {
                line.send(message);
            }
            test.server().everybody().send(KILOBYTES);
        });
    }

    private static void polls(TestServer test, String text) {
        test.server().onConnection(socket -> socket.emit("e", text));
        String sid = test.request("GET", POLLING)
                .send()
                .response()
                .body()
                .toString()
                .replaceAll(".*\"sid\":\"([^\"]*)\".*", "$1");
        test.request("POST", POLLING + "&sid=" + sid).body("40").send();
    }

    private static Row recovery(String name, UnaryOperator<RecoveryOptions.Builder> limits) {
        return new Row("RecoveryOptions." + name, probe -> {
            TestServer test = probe.server(options -> recovered(options, limits));
            for (int i = 0; i < 3; i++) {
                TestWebSocket line = test.webSocket(WEB_SOCKET).send("40");
                test.server().everybody().emit("e", "x".repeat(900));
                line.close();
            }
        });
    }

    private static ServerOptions.Builder recovered(
            ServerOptions.Builder options, UnaryOperator<RecoveryOptions.Builder> limits) {
        return options.connectionStateRecovery(
                limits.apply(RecoveryOptions.builder()).build());
    }
}
