package io.everwire.testkit.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.adapter.Adapter;
import io.everwire.testkit.TestClient;
import io.everwire.testkit.TestEvent;
import io.everwire.testkit.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The servers of a contract of adapters, with a client on the first and one on the last. */
public abstract class AdapterFixture {
    static final Duration SECOND = Duration.ofSeconds(1);

    final List<TestServer> cluster = new ArrayList<>();
    TestClient alice;
    TestClient bob;

    /** For subclasses. */
    protected AdapterFixture() {}

    /** Returns the factory for one of the servers; all servers belong to one cluster, which is new for each test. */
    protected abstract Adapter.Factory factory(int server);

    /** Returns the number of servers. */
    protected int servers() {
        return 1;
    }

    /** Called after servers have sent messages: all of them must arrive before it returns. */
    protected void settle() {}

    /** Called when time passes on all servers: the adapters must see the same time. */
    protected void advance(Duration duration) {}

    @BeforeEach
    final void start() {
        for (int i = 0; i < servers(); i++) {
            cluster.add(TestServer.create(
                    ServerOptions.builder().adapter(factory(i)).build()));
        }
        alice = cluster.get(0).connect();
        bob = cluster.get(servers() - 1).connect();
        settle();
    }

    @AfterEach
    final void stop() {
        cluster.forEach(TestServer::close);
    }

    /** Lets time pass on all servers. */
    void pass(Duration duration) {
        cluster.forEach(server -> server.advance(duration));
        advance(duration);
        settle();
    }

    <T> T fetched(CompletableFuture<T> fetching) {
        settle();
        assertThat(fetching).isCompleted();
        return fetching.join();
    }

    SocketIoServer first() {
        return cluster.get(0).server();
    }

    SocketIoServer last() {
        return cluster.get(servers() - 1).server();
    }

    /** Returns the first event with this name that a client has received. */
    static TestEvent event(TestClient client, String name) {
        return client.received().stream()
                .filter(event -> event.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    Socket socket(TestClient client) {
        for (TestServer server : cluster) {
            Socket socket = server.server().sockets().get(client.id());
            if (socket != null) {
                return socket;
            }
        }
        throw new AssertionError(Objects.toString(client.id()) + " is not connected to " + Arrays.asList(cluster));
    }
}
