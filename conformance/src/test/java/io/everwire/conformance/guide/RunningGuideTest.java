package io.everwire.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everwire.SocketIoServer;
import io.everwire.conformance.clients.Agent;
import io.everwire.examples.guide.Running;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** {@code docs/guide/running.md}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunningGuideTest {
    private final Agent agent = new Agent();

    @AfterAll
    void stop() throws Exception {
        agent.close();
    }

    @Test
    void aCookieForLoadBalancers() throws Exception {
        try (Playground ground = new Playground(agent, Running.cookie(), server -> {})) {
            HttpResponse<String> opened = get(ground, "");
            String sid = opened.body().replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
            assertThat(opened.headers().firstValue("Set-Cookie"))
                    .contains("io=" + sid + "; Path=/; HttpOnly; SameSite=Lax");
        }
    }

    @Test
    void headersAndRejectedRequests() throws Exception {
        List<String> log = new CopyOnWriteArrayList<>();
        try (Playground ground = new Playground(agent, server -> Running.hooks(server, log::add))) {
            assertThat(get(ground, "").headers().firstValue("X-Served-By")).contains("chat-1");
            assertThat(get(ground, "&sid=unknown").statusCode()).isEqualTo(400);
            assertThat(log).containsExactly("1 UNKNOWN_SESSION");
            assertThat(ground.server().engine().clientsCount()).isOne();
        }
    }

    @Test
    void countersOfTheMoment() throws Exception {
        List<String> log = new CopyOnWriteArrayList<>();
        try (Playground ground = new Playground(agent, server -> {
            server.of("/admin");
            server.onCall("count", socket -> {
                log.clear();
                Running.counters(server, log::add);
                return true;
            });
        })) {
            Client client = ground.client("/", Map.of("transports", List.of("websocket")));
            client.call("count");
            assertThat(log)
                    .containsExactly(
                            "1 sessions, 1 sockets",
                            "1 of today's clients with a WebSocket",
                            "{polling=0, websocket=1} by transport",
                            "{/=1, /admin=0} by namespace, and 0 in dynamic ones",
                            "0 bytes queued for slow clients");
        }
    }

    @Test
    void anObserverCounts() throws Exception {
        List<String> counted = new CopyOnWriteArrayList<>();
        try (Playground ground = new Playground(agent, Running.observer(counted::add), server -> {})) {
            ground.server().onCall("add", int.class, int.class, (socket, a, b) -> a + b);
            Client client = ground.client("/", Map.of("transports", List.of("websocket")));
            client.call("add", 3, 4);
            client.unanswered("subtract", 3, 4);
            await().atMost(Duration.ofMinutes(1)).until(() -> counted.size() == 3);
            client.close();
            await().atMost(Duration.ofMinutes(1)).until(() -> counted.size() == 4);
            assertThat(counted)
                    .containsExactly(
                            "opened eio4", "handled SUCCESS", "handled UNHANDLED", "closed eio4, transport close");
        }
    }

    @Test
    void queuedEventsArriveBeforeTheClose() throws Exception {
        Playground ground = new Playground(agent, server -> {});
        Client client = ground.client();
        SocketIoServer server = ground.server();
        server.emit("last words");
        server.close();
        client.inbox.take("last words", "[]");
        client.inbox.take("disconnect");
    }

    private static HttpResponse<String> get(Playground ground, String more) throws Exception {
        URI target = URI.create(ground.url() + "/socket.io/?EIO=4&transport=polling" + more);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(target).build(), HttpResponse.BodyHandlers.ofString());
    }
}
