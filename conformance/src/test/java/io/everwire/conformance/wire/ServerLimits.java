package io.everwire.conformance.wire;

import static io.everwire.conformance.wire.LimitProbe.POLLING;
import static io.everwire.conformance.wire.LimitProbe.WEB_SOCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.LimitOptions;
import io.everwire.Room;
import io.everwire.Socket;
import io.everwire.conformance.wire.EveryLimitTest.Row;
import io.everwire.testkit.TestServer;
import io.everwire.testkit.TestWebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The limits of numbers and times of the server. */
final class ServerLimits {
    private ServerLimits() {}

    static List<Row> rows() {
        return List.of(
                new Row("ServerOptions.maxSessions", probe -> {
                    TestServer test = probe.server(options -> options.maxSessions(1));
                    open(test);
                    assertThat(test.request("GET", POLLING).send().response().status())
                            .isEqualTo(503);
                }),
                new Row("LimitOptions.maxUnconnected", probe -> {
                    TestServer test = probe.limited(limits -> limits.maxUnconnected(1));
                    open(test);
                    assertThat(test.request("GET", POLLING).send().response().status())
                            .isEqualTo(503);
                }),
                new Row("LimitOptions.maxSessionsPerAddress", probe -> {
                    TestServer test = probe.limited(limits -> limits.maxSessionsPerAddress(1));
                    open(test);
                    assertThat(test.request("GET", POLLING).send().response().status())
                            .isEqualTo(503);
                }),
                new Row("ServerOptions.maxNamespaces", probe -> {
                    TestServer test = probe.server(options -> options.maxNamespaces(1));
                    test.server().of("/b");
                    stays(test, line -> line.send("40").send("40/b,"));
                }),
                new Row("ServerOptions.maxDynamicNamespaces", probe -> {
                    TestServer test = probe.server(options -> options.maxDynamicNamespaces(0));
                    test.server().of((name, handshake) -> true);
                    stays(test, line -> line.send("40/b,"));
                }),
                new Row("LimitOptions.maxNamespaceLength", probe -> {
                    TestServer test = probe.limited(limits -> limits.maxNamespaceLength(3));
                    stays(test, line -> line.send("40/long,"));
                }),
                new Row("LimitOptions.maxEventNameLength", probe -> {
                    TestServer test = probe.limited(limits -> limits.maxEventNameLength(3));
                    stays(test, line -> line.send("40").send("42[\"long\"]"));
                }),
                new Row("LimitOptions.maxArguments", probe -> {
                    TestServer test = probe.limited(limits -> limits.maxArguments(1));
                    stays(test, line -> line.send("40").send("42[\"e\",1,2]"));
                }),
                new Row(
                        "LimitOptions.maxRoomsPerSocket",
                        probe -> joins(probe, limits -> limits.maxRoomsPerSocket(2), "a", "b")),
                new Row("LimitOptions.maxRooms", probe -> joins(probe, limits -> limits.maxRooms(1), "a", "b")),
                new Row(
                        "LimitOptions.maxRoomNameLength",
                        probe -> joins(probe, limits -> limits.maxRoomNameLength(3), "long")),
                new Row("LimitOptions.maxVolatileKeys", probe -> {
                    TestServer test = probe.limited(limits -> limits.maxVolatileKeys(0));
                    TestWebSocket line = open(test).send("40");
                    line.writable(false);
                    test.server().asVolatile("a").emit("e");
                    line.writable(true);
                    assertThat(line.closed()).isFalse();
                }),
                new Row("LimitOptions.maxRoomTasks", probe -> tasks(probe, limits -> limits.maxRoomTasks(1))),
                new Row("LimitOptions.maxRoomTasksTotal", probe -> tasks(probe, limits -> limits.maxRoomTasksTotal(1))),
                new Row("LimitOptions.attachmentTimeout", probe -> {
                    TestServer test = probe.limited(limits -> limits.attachmentTimeout(Duration.ofSeconds(1)));
                    TestWebSocket line = open(test).send("40").send("451-[\"e\",{\"_placeholder\":true,\"num\":0}]");
                    test.advance(Duration.ofSeconds(1));
                    assertThat(line.closed()).isTrue();
                }),
                new Row("ServerOptions.connectTimeout", probe -> {
                    TestServer test = probe.server(options -> options.connectTimeout(Duration.ofSeconds(1)));
                    TestWebSocket line = open(test);
                    test.advance(Duration.ofSeconds(1));
                    assertThat(line.closed()).isTrue();
                }),
                new Row("LimitOptions.unusedTimeout", probe -> {
                    TestServer test = probe.limited(limits -> limits.unusedTimeout(Duration.ofSeconds(1)));
                    test.request("GET", POLLING).send();
                    test.advance(Duration.ofSeconds(3));
                    assertThat(test.server().engine().clientsCount()).isZero();
                }),
                new Row("ServerOptions.upgradeTimeout", probe -> {
                    TestServer test = probe.server(options -> options.upgradeTimeout(Duration.ofSeconds(1)));
                    String sid = test.request("GET", POLLING)
                            .send()
                            .response()
                            .body()
                            .toString()
                            .replaceAll(".*\"sid\":\"([^\"]*)\".*", "$1");
                    TestWebSocket line =
                            test.webSocket(WEB_SOCKET + "&sid=" + sid).send("2probe");
                    test.advance(Duration.ofSeconds(1));
                    assertThat(line.closed()).isTrue();
                    assertThat(test.request("POST", POLLING + "&sid=" + sid)
                                    .body("40")
                                    .send()
                                    .response()
                                    .status())
                            .as("the session continues")
                            .isEqualTo(200);
                }));
    }

    /** Passes a limit on a connection that continues. */
    private static void stays(TestServer test, Consumer<TestWebSocket> passes) {
        List<String> events = new ArrayList<>();
        test.server().onAny((socket, event, arguments) -> events.add(event));
        TestWebSocket line = open(test);
        passes.accept(line);
        line.send("40").send("42[\"on\"]");
        assertThat(line.closed()).isFalse();
    }

    private static void joins(LimitProbe probe, UnaryOperator<LimitOptions.Builder> limits, String... rooms) {
        TestServer test = probe.limited(limits);
        List<Socket> sockets = new ArrayList<>();
        test.server().onConnection(sockets::add);
        open(test).send("40");
        assertThatThrownBy(() -> sockets.get(0).join(rooms)).isInstanceOf(IllegalStateException.class);
        assertThat(sockets.get(0).connected()).isTrue();
    }

    /** Gives a room two tasks; the first one ends later. */
    private static void tasks(LimitProbe probe, UnaryOperator<LimitOptions.Builder> limits) {
        TestServer test = probe.limited(limits);
        Room room = test.server().room("a");
        test.time().atOnce(() -> {
            room.execute(() -> {});
            assertThatThrownBy(() -> room.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        });
    }

    private static TestWebSocket open(TestServer test) {
        TestWebSocket line = test.webSocket(WEB_SOCKET);
        assertThat(line.refused()).isFalse();
        return line;
    }
}
