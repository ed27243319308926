package io.everwire.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.HandlerMode;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The official Node client 4.8.4, over each transport, with handlers in both modes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeClientTest {
    private static final long TIMEOUT_SECONDS = 60;

    private final Agent agent = new Agent();

    record Numbers(int a, int b) {}

    enum Way {
        WEBSOCKET(List.of("websocket")),
        POLLING(List.of("polling")),
        UPGRADE(List.of("polling", "websocket"));

        private final List<String> transports;

        Way(List<String> transports) {
            this.transports = transports;
        }
    }

    static List<Arguments> waysAndModes() {
        List<Arguments> all = new ArrayList<>();
        for (Way way : Way.values()) {
            for (HandlerMode mode : HandlerMode.values()) {
                all.add(Arguments.of(way, mode));
            }
        }
        return all;
    }

    @AfterAll
    void stop() throws Exception {
        agent.close();
    }

    @ParameterizedTest
    @MethodSource("waysAndModes")
    void eventsAcksRoomsAndBinary(Way way, HandlerMode mode) throws Exception {
        BlockingQueue<Socket> joined = new LinkedBlockingQueue<>();
        BlockingQueue<Object> left = new LinkedBlockingQueue<>();
        try (Site site = new Site(ServerOptions.builder().handlerMode(mode).build())) {
            site.server().onConnection(socket -> {
                socket.join("room");
                joined.add(socket);
            });
            site.server().onDisconnect((socket, reason) -> left.add(reason.toString()));
            site.server().on("echo", Object.class, (socket, value) -> socket.emit("echo", value));
            site.server().onCall("sum", Numbers.class, (socket, numbers) -> numbers.a() + numbers.b());
            site.server()
                    .onCall("later", String.class, (socket, text) -> CompletableFuture.completedFuture(text + "!"));

            String a = way + " " + mode + " a";
            String b = way + " " + mode + " b";
            Socket first = open(site, a, way, joined);
            open(site, b, way, joined);

            agent.order(
                    "emit", a, "event", "echo", "args", List.of(Map.of("text", "é € 😀 \u2028 </script>", "n", 1.5)));
            agent.inbox(a).take("echo", "[{\"text\":\"é € 😀 \u2028 </script>\",\"n\":1.5}]");
            assertThat(agent.order("call", a, "event", "sum", "args", List.of(Map.of("a", 1, "b", 2)))
                            .asInt())
                    .isEqualTo(3);
            assertThat(agent.order("call", a, "event", "later", "args", List.of("x"))
                            .asString())
                    .isEqualTo("x!");
            // C8: the official client takes any ack for a success.
            for (String event : List.of("sum", "nobody")) {
                assertThat(agent.order("unanswered", a, "event", event, "args", List.of("x"))
                                .asString())
                        .isEqualTo("operation has timed out");
            }
            assertThat(first.call("question", String.class, 1).get(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .isEqualTo("answer to");

            for (int i = 0; i < 200; i++) {
                site.server().to("room").emit("count", i);
            }
            for (int i = 0; i < 200; i++) {
                assertThat(agent.inbox(a).take("count").get(0).asInt()).isEqualTo(i);
                assertThat(agent.inbox(b).take("count").get(0).asInt()).isEqualTo(i);
            }
            first.emit("bytes", (Object) new byte[] {1, 2, 3});
            assertThat(agent.inbox(a).take("bytes").get(0).toString()).contains("[1,2,3]");

            first.disconnect();
            agent.inbox(a).take("disconnect", "[\"io server disconnect\"]");
            assertThat(left.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isEqualTo("server namespace disconnect");
            agent.order("close", b);
            assertThat(left.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .isIn("client namespace disconnect", "transport close");
            Matrix.works("eio4", "4.8.4", "Node", way.name().toLowerCase(Locale.ROOT));
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void unknownNamespacesAreRefused(Way way) throws Exception {
        try (Site site = new Site(ServerOptions.builder().build())) {
            String name = way + " unknown";
            agent.order("open", name, "url", site.url("/nowhere"), "options", Map.of("transports", way.transports));
            agent.inbox(name).take("connect_error", "[\"Invalid namespace\"]");
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void clientsAreNotifiedOfAClose(Way way) throws Exception {
        BlockingQueue<Socket> joined = new LinkedBlockingQueue<>();
        BlockingQueue<Object> left = new LinkedBlockingQueue<>();
        Site site = new Site(ServerOptions.builder().build());
        String name = way + " closing";
        try (site) {
            site.server().onConnection(joined::add);
            site.server().onDisconnect((socket, reason) -> left.add(reason.toString()));
            open(site, name, way, joined);
        }
        assertThat(left.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isEqualTo("server shutting down");
        agent.inbox(name).take("disconnect");
    }

    private Socket open(Site site, String name, Way way, BlockingQueue<Socket> joined) throws Exception {
        agent.order("open", name, "url", site.url(""), "options", Map.of("transports", way.transports));
        agent.inbox(name).take("connect");
        if (way == Way.UPGRADE) {
            agent.inbox(name).take("upgrade", "[\"websocket\"]");
        }
        Socket socket = joined.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        assertThat(socket).isNotNull();
        return socket;
    }
}
