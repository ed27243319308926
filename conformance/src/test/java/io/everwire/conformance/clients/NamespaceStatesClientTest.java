package io.everwire.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.ServerOptions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of the official client 4.8.4 that must not close its connection (A1, A2). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NamespaceStatesClientTest {
    private static final long TIMEOUT_SECONDS = 60;

    private final Agent agent = new Agent();

    @AfterAll
    void stop() throws Exception {
        agent.close();
    }

    /** As an effect of React's StrictMode does. */
    @ParameterizedTest
    @ValueSource(strings = {"websocket", "polling"})
    void connectDisconnectConnectInOneTick(String transport) throws Exception {
        BlockingQueue<String> asked = new LinkedBlockingQueue<>();
        CompletableFuture<Void> decision = new CompletableFuture<>();
        try (Site site = new Site(ServerOptions.builder().build())) {
            site.server().on("echo", String.class, (socket, text) -> socket.emit("echo", text));
            site.server().of("/slow").useAsync(socket -> {
                asked.add(socket.id());
                return decision;
            });
            site.server().of("/slow").on("echo", String.class, (socket, text) -> socket.emit("echo", text));
            site.server().of("/fast").on("echo", String.class, (socket, text) -> socket.emit("echo", text));
            String root = "root " + transport;
            open(site, root, transport);

            agent.order("joinTwice", transport + " slow", "of", root, "namespace", "/slow");
            // Replaced attempts may end before their middleware is called.
            assertThat(asked.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isNotNull();
            decision.complete(null);
            agent.inbox(transport + " slow").take("connect");
            agent.order("joinTwice", transport + " fast", "of", root, "namespace", "/fast");
            agent.inbox(transport + " fast").take("connect");

            for (String name : List.of(root, transport + " slow", transport + " fast")) {
                agent.order("emit", name, "event", "echo", "args", List.of("still here"));
                agent.inbox(name).take("echo", "[\"still here\"]");
            }
            assertThat(site.server().of("/slow").sockets()).hasSize(1);
            assertThat(site.server().of("/fast").sockets()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "polling"})
    void thirtyThreeNamespacesOnOneConnection(String transport) throws Exception {
        try (Site site = new Site(ServerOptions.builder().maxNamespaces(40).build())) {
            String root = "many " + transport;
            open(site, root, transport);
            for (int i = 0; i < 45; i++) {
                site.server().of("/" + i).on("echo", String.class, (socket, text) -> socket.emit("echo", text));
                agent.order("join", root + i, "of", root, "namespace", "/" + i);
            }

            for (int i = 0; i < 45; i++) {
                if (i < 39) {
                    agent.inbox(root + i).take("connect");
                } else {
                    agent.inbox(root + i).take("connect_error", "[\"maxNamespaces: the limit is 40, not 41\"]");
                }
            }
            agent.order("emit", root + 0, "event", "echo", "args", List.of("still here"));
            agent.inbox(root + 0).take("echo", "[\"still here\"]");
        }
    }

    private void open(Site site, String name, String transport) {
        agent.order("open", name, "url", site.url(""), "options", Map.of("transports", List.of(transport)));
        agent.inbox(name).take("connect");
    }
}
