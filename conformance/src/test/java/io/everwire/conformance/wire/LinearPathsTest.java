package io.everwire.conformance.wire;

import static io.everwire.conformance.wire.LimitProbe.POLLING;
import static io.everwire.conformance.wire.LimitProbe.WEB_SOCKET;
import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.LimitOptions;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.protocol.wire.LinearWork;
import io.everwire.testkit.TestExchange;
import io.everwire.testkit.TestServer;
import io.everwire.testkit.TestWebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Much of one kind on the way through the server takes linear time: packets of one body, arguments of one packet, rooms of a socket,
 * sockets of a room, calls without an answer, and so on. Each row prepares an amount and returns the work that is measured.
 */
class LinearPathsTest {
    private static final List<Arguments> ROWS = List.of(
            row("rooms that middleware joins one by one", 1_000, size -> {
                TestServer test = server();
                test.server().use(socket -> join(socket, size));
                TestWebSocket line = test.webSocket(WEB_SOCKET);
                return () -> assertThat(line.send("40").received()).hasSize(2);
            }),
            row("rooms that a socket joins and leaves", 1_000, size -> {
                TestServer test = server();
                Socket socket = sockets(test, 1).get(0);
                return () -> {
                    join(socket, size);
                    for (int i = 0; i < size; i++) {
                        socket.leave("room" + i);
                    }
                };
            }),
            row("sockets that join a room and go", 300, size -> {
                TestServer test = server();
                List<Socket> sockets = sockets(test, size);
                return () -> {
                    sockets.forEach(socket -> socket.join("room"));
                    sockets.forEach(Socket::disconnect);
                };
            }),
            row("namespaces of one client", 100, size -> {
                TestServer test = server();
                test.server().of((name, handshake) -> true);
                TestWebSocket line = test.webSocket(WEB_SOCKET);
                return () -> {
                    for (int i = 0; i < size; i++) {
                        line.send("40/n" + i + ",");
                    }
                    line.close();
                };
            }),
            row("calls that are answered late", 500, size -> {
                TestServer test = server();
                List<Socket> sockets = new ArrayList<>();
                test.server().onConnection(sockets::add);
                TestWebSocket line = test.webSocket(WEB_SOCKET).send("40");
                return () -> {
                    for (int i = 0; i < size; i++) {
                        var unused = sockets.get(0).call("ask", Object.class);
                    }
                    for (int i = 0; i < size; i++) {
                        line.send("43" + i + "[1]");
                    }
                };
            }),
            row("arguments of an event", 1_000, size -> {
                TestServer test = server();
                List<Integer> reported = new ArrayList<>();
                test.server().onRaw("e", (socket, arguments) -> {
                    reported.add(arguments.all().size());
                    return null;
                });
                TestWebSocket line = test.webSocket(WEB_SOCKET).send("40");
                String packet = "42[\"e\"" + ",{\"a\":1}".repeat(size) + "]";
                return () -> {
                    line.send(packet);
                    assertThat(reported).containsExactly(size);
                };
            }),
            row("attachments of an event", 100, size -> {
                TestServer test = server();
                List<Integer> reported = new ArrayList<>();
                test.server().onRaw("e", (socket, arguments) -> {
                    reported.add(arguments.all().size());
                    return null;
                });
                TestWebSocket line = test.webSocket(WEB_SOCKET).send("40");
                StringBuilder packet = new StringBuilder("45" + size + "-[\"e\"");
                for (int i = 0; i < size; i++) {
                    packet.append(",{\"_placeholder\":true,\"num\":").append(i).append('}');
                }
                return () -> {
                    line.send(packet + "]");
                    for (int i = 0; i < size; i++) {
                        line.send(new byte[100]);
                    }
                    assertThat(reported).containsExactly(size);
                };
            }),
            row(
                    "packets of a body, eio4",
                    500,
                    size -> body(POLLING, "40", "\u001e42[\"e\"]".repeat(size).substring(1))),
            row(
                    "packets of a body, eio3",
                    500,
                    size -> body("/socket.io/?EIO=3&transport=polling", null, "7:42[\"e\"]".repeat(size))),
            row("packets of a body, gen1", 500, size -> {
                TestServer test = server();
                String sid = first(test, "/socket.io/1/").replaceAll(":.*", "");
                String target = "/socket.io/1/xhr-polling/" + sid;
                test.request("GET", target).send();
                String body = "\ufffd16\ufffd5:::{\"name\":\"e\"}".repeat(size);
                return () -> test.request("POST", target).body(body).send();
            }),
            row("frames of a message, gen0", 500, size -> {
                TestServer test = server();
                TestWebSocket line = test.webSocket("/socket.io/websocket");
                String message = "~m~6~m~~j~{}x~m~1~m~y".repeat(size);
                return () -> line.send(message);
            }),
            row("events for a client that does not poll", 500, size -> {
                TestServer test = server();
                String target = polling(test);
                return () -> {
                    for (int i = 0; i < size; i++) {
                        test.server().everybody().emit("e", i);
                    }
                    assertThat(test.request("GET", target).send().response().status())
                            .isEqualTo(200);
                };
            }),
            row("events for a client that does not poll, eio3", 500, size -> {
                TestServer test = server();
                String target = "/socket.io/?EIO=3&transport=polling";
                String sid = id(first(test, target));
                return () -> {
                    for (int i = 0; i < size; i++) {
                        test.server().everybody().emit("e", i);
                    }
                    test.request("GET", target + "&sid=" + sid).send();
                };
            }),
            row("bodies of a client that is not read, gen1", 300, size -> {
                TestServer test = TestServer.createThreaded(ServerOptions.builder()
                        .maxPendingInput(1)
                        .handlerExecutor(task -> {})
                        .build());
                test.server().on("e", socket -> {});
                String sid = first(test, "/socket.io/1/").replaceAll(":.*", "");
                String target = "/socket.io/1/xhr-polling/" + sid;
                test.request("GET", target).send();
                return () -> {
                    List<TestExchange> posts = new ArrayList<>();
                    for (int i = 0; i < size; i++) {
                        posts.add(test.request("POST", target)
                                .body("5:::{\"name\":\"e\"}")
                                .send());
                    }
                    posts.forEach(TestExchange::cancel);
                };
            }),
            row("sessions that are opened and never used", 300, size -> {
                TestServer test = TestServer.create(ServerOptions.builder()
                        .limits(LimitOptions.builder().maxUnconnected(100).build())
                        .build());
                return () -> {
                    for (int i = 0; i < size; i++) {
                        test.request("GET", POLLING).send();
                    }
                };
            }),
            row("streams that are opened and never used, gen0", 300, size -> {
                TestServer test = TestServer.create(ServerOptions.builder()
                        .limits(LimitOptions.builder().maxUnconnected(100).build())
                        .build());
                return () -> {
                    for (int i = 0; i < size; i++) {
                        test.request("GET", "/socket.io/htmlfile//1").send();
                    }
                };
            }));

    private static Arguments row(String name, int size, IntFunction<Runnable> task) {
        return Arguments.of(name, size, task);
    }

    static Stream<Arguments> rows() {
        return ROWS.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void theWorkIsLinear(String name, int size, IntFunction<Runnable> task) {
        LinearWork.assertLinear(name, size, task);
    }

    private static TestServer server() {
        return TestServer.create(ServerOptions.builder().maxAttachments(1_000).build());
    }

    private static List<Socket> sockets(TestServer test, int number) {
        List<Socket> sockets = new ArrayList<>();
        test.server().onConnection(sockets::add);
        for (int i = 0; i < number; i++) {
            test.webSocket(WEB_SOCKET).send("40");
        }
        return sockets;
    }

    private static void join(Socket socket, int rooms) {
        for (int i = 0; i < rooms; i++) {
            socket.join("room" + i);
        }
    }

    private static Runnable body(String target, String join, String body) {
        TestServer test = server();
        test.server().on("e", socket -> {});
        String session = target + "&sid=" + id(first(test, target));
        if (join != null) {
            test.request("POST", session).body(join).send();
        }
        return () -> assertThat(test.request("POST", session)
                        .body(body)
                        .send()
                        .response()
                        .status())
                .isEqualTo(200);
    }

    private static String polling(TestServer test) {
        String session = POLLING + "&sid=" + id(first(test, POLLING));
        test.request("POST", session).body("40").send();
        return session;
    }

    private static String first(TestServer test, String target) {
        return test.request("GET", target).send().response().body().toString();
    }

    private static String id(String opened) {
        return opened.replaceAll("(?s).*\"sid\":\"([^\"]*)\".*", "$1");
    }
}
