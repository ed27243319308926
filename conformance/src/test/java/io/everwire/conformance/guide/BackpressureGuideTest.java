package io.everwire.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.conformance.clients.Agent;
import io.everwire.examples.guide.Backpressure;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** {@code docs/guide/backpressure.md}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackpressureGuideTest {
    private final Agent agent = new Agent();

    @AfterAll
    void stop() throws Exception {
        agent.close();
    }

    private static final Map<String, ?> WEBSOCKET = Map.of("transports", List.of("websocket"));

    @Test
    void volatileEventsArrive() throws Exception {
        try (Playground ground = new Playground(agent, Backpressure::positions)) {
            Client one = ground.client("/", WEBSOCKET);
            Client two = ground.client("/", WEBSOCKET);
            one.call("position", 3, 4);
            two.inbox.take("position", "[\"" + one.id + "\",3,4]");
        }
    }

    @Test
    void aClientThatTakesNothingReceivesTheLastPositionOfEachPlayer() throws Exception {
        try (Playground ground = new Playground(agent, Backpressure::latest)) {
            String polling = ground.url() + "/socket.io/?EIO=4&transport=polling";
            String sid = http(polling, null).replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
            http(polling + "&sid=" + sid, "40");
            assertThat(http(polling + "&sid=" + sid, null)).startsWith("40{");
            Client one = ground.client("/", WEBSOCKET);
            Client two = ground.client("/", WEBSOCKET);

            one.call("move", 1, 1);
            two.call("move", 5, 5);
            one.call("move", 2, 2);
            one.call("move", 3, 3);

            for (int i = 1; i <= 3; i++) {
                two.inbox.take("move", "[\"" + one.id + "\"," + i + "," + i + "]");
            }
            assertThat(http(polling + "&sid=" + sid, null))
                    .isEqualTo("42[\"move\",\"" + one.id + "\",3,3]\u001e42[\"move\",\"" + two.id + "\",5,5]");
        }
    }

    /** Sends a GET, or a POST with a body; returns the body of the response. */
    private static String http(String url, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        if (body != null) {
            request.POST(HttpRequest.BodyPublishers.ofString(body));
        }
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void aStreamFollowsItsReader() throws Exception {
        int pieces = 64;
        AtomicReference<Socket> socket = new AtomicReference<>();
        AtomicInteger most = new AtomicInteger();
        try (Playground ground = new Playground(
                agent,
                server -> Backpressure.stream(
                        server,
                        name -> IntStream.range(0, pieces)
                                .mapToObj(i -> {
                                    most.accumulateAndGet(socket.get().pressure(), Math::max);
                                    return new byte[64 * 1024];
                                })
                                .iterator()))) {
            Client client = ground.client("/", WEBSOCKET);
            socket.set(ground.socket());
            client.emit("download", "film");
            for (int i = 0; i < pieces; i++) {
                client.inbox.take("piece");
            }
            assertThat(most.get()).isLessThan(320 * 1024); // the limit plus one piece
        }
    }

    @Test
    void boundsAreOptions() throws Exception {
        ServerOptions options = Backpressure.bounds();
        assertThat(options.maxPendingInput()).isEqualTo(256 * 1024);
        try (Playground ground = new Playground(agent, options, server -> {})) {
            Client client = ground.client("/", WEBSOCKET);
            Client healthy = ground.client("/", WEBSOCKET);
            Socket socket = ground.socket();
            stopReading(client, () -> {
                while (socket.connected()) {
                    socket.emit("piece", (Object) new byte[64 * 1024]);
                }
            });
            assertThat(healthy.unanswered("nothing")).isEqualTo("operation has timed out");
        }
    }

    @Test
    void excessEventsCanBeDropped() throws Exception {
        try (Playground ground = new Playground(agent, Backpressure.bounds(), server -> {})) {
            var ticker = Backpressure.drop(ground.server());
            Client client = ground.client("/ticker", WEBSOCKET);
            Socket socket = ticker.sockets().get(client.id);
            stopReading(client, () -> {
                while (!socket.emit("piece", (Object) new byte[64 * 1024]).dropped()) {
                    // until the queue is full
                }
                assertThat(socket.connected()).isTrue();
            });
        }
    }

    @Test
    void theReasonOfADropIsReported() throws Exception {
        Log log = new Log();
        try (Playground ground = new Playground(agent, Backpressure.bounds(), server -> {})) {
            var ticker = Backpressure.drop(ground.server());
            Client client = ground.client("/ticker", WEBSOCKET);
            Socket socket = ticker.sockets().get(client.id);
            stopReading(client, () -> {
                while (log.isEmpty()) {
                    Backpressure.report(socket, new byte[64 * 1024], log::accept);
                }
            });
            assertThat(log.next()).isEqualTo("QUEUE_FULL, option maxQueuedBytes, client is closed: false");
        }
    }

    /** Runs {@code meanwhile} while a client reads nothing. */
    private void stopReading(Client client, Runnable meanwhile) {
        agent.order("hold", client.name());
        try {
            meanwhile.run();
        } finally {
            agent.order("cut", client.name());
        }
    }
}
