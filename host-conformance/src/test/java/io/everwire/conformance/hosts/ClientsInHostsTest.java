package io.everwire.conformance.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.Host;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.conformance.clients.Agent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Official clients of each generation, by each of their transports, in one room of a server in each host. The results are a table of {@code
 * docs/clients.md}.
 */
@Tag("once")
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientsInHostsTest {
    private static final String TEXT = "é € 😀 </script> \u2028 \" \\";
    private static final byte[] BYTES = {1, 0, (byte) 0xFF};
    private static final long TIMEOUT_SECONDS = 60;

    private final Agent agent = new Agent();
    private final ClientTable table = new ClientTable();

    @AfterAll
    void compare() throws Exception {
        agent.close();
        table.compare();
    }

    /** One server with its queues: events of the one before it must not be taken for its own. */
    private static final class Started implements AutoCloseable {
        private final BlockingQueue<Socket> joined = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> left = new LinkedBlockingQueue<>();
        private final SocketIoServer server = SocketIoServer.create(ServerOptions.builder()
                .clientFiles("0.9.17", "0.6.3")
                .scriptTransports(true)
                // The Java client does not notice that the server closes its WebSocket, but that the heartbeat has
                // ended.
                .pingInterval(Duration.ofSeconds(5))
                .pingTimeout(Duration.ofSeconds(10))
                .build());
        private final Host host;

        Started(TestedHost tested, int port) throws Exception {
            server.onConnection(socket -> {
                socket.join("room");
                joined.add(socket);
            });
            server.onDisconnect((socket, reason) -> left.add(socket.id()));
            server.onMessage(String.class, (socket, text) -> socket.send(text));
            server.on("echo", String.class, (socket, text) -> socket.emit("echo", text));
            server.on("bytes", byte[].class, (socket, bytes) -> socket.emit("bytes", (Object) bytes));
            server.onCall(
                    "turn",
                    String.class,
                    (socket, text) -> new StringBuilder(text).reverse().toString());
            host = tested.start(server, port, PageClient::html);
        }

        int port() {
            return host.address().getPort();
        }

        @Override
        public void close() throws Exception {
            server.close();
            host.close().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }
    }

    private List<HostedClient> clients(TestedHost host) {
        List<HostedClient> clients = new ArrayList<>();
        for (List<String> transports :
                List.of(List.of("polling"), List.of("websocket"), List.of("polling", "websocket"))) {
            clients.add(new NodeClient(agent, host.name(), "4.8.4", transports));
            clients.add(new NodeClient(agent, host.name(), "2.5.0", transports));
            clients.add(new JavaClient(transports.toArray(String[]::new)));
        }
        for (String transport : List.of("websocket", "xhr-polling")) {
            clients.add(new Node09Client(agent, host.name(), transport));
        }
        for (String transport : List.of("websocket", "xhr-polling", "jsonp-polling")) {
            clients.add(new PageClient(agent, host.name(), "0.9.17", transport));
            if (host.hasGen0()) {
                clients.add(new PageClient(agent, host.name(), "0.6.3", transport));
            }
        }
        return clients;
    }

    @ParameterizedTest
    @EnumSource
    void everythingWorks(TestedHost host) throws Exception {
        List<HostedClient> clients = clients(host);
        int port;
        try (Started first = new Started(host, 0)) {
            port = first.port();
            Map<HostedClient, Socket> sockets = new LinkedHashMap<>();
            for (HostedClient client : clients) {
                client.open(port);
                Socket socket = next(first.joined);
                client.awaitConnected(socket);
                sockets.put(client, socket);
            }
            for (Map.Entry<HostedClient, Socket> each : sockets.entrySet()) {
                exchange(each.getKey(), each.getValue());
            }
            first.server.to("room").emit("news", TEXT);
            clients.forEach(client -> client.hear(TEXT));
            clients.forEach(HostedClient::settle);
        }
        try (Started second = new Started(host, port)) {
            for (int i = 0; i < clients.size(); i++) {
                next(second.joined);
            }
            second.server.to("room").emit("news", "back again");
            clients.forEach(client -> client.hear("back again"));
            for (HostedClient client : clients) {
                client.close();
                assertThat(next(second.left)).isNotNull();
                client.end();
            }
            Eventually.is(
                    () -> second.server.sockets().values().stream()
                            .map(socket -> socket.handshake().generation() + " " + socket.transport())
                            .toList(),
                    List.of());
        }
        clients.forEach(client -> table.works(client, host));
    }

    private static void exchange(HostedClient client, Socket socket) throws Exception {
        client.echo(TEXT);
        if (client.hasBytes()) {
            client.echo(BYTES);
        }
        if (client.hasAcks()) {
            assertThat(client.call("abc")).isEqualTo("cba");
            assertThat(socket.timeout(Duration.ofSeconds(TIMEOUT_SECONDS))
                            .call("ask", String.class, TEXT)
                            .get(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .isEqualTo("answer to");
        }
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing arrived for " + TIMEOUT_SECONDS + " s");
        }
        return next;
    }
}
