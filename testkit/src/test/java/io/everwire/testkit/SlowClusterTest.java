package io.everwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.ServerObserver;
import io.everwire.ServerOptions;
import io.everwire.adapter.Adapter;
import io.everwire.adapter.ClusterContext;
import io.everwire.adapter.ClusterState;
import io.everwire.adapter.LocalSocket;
import io.everwire.adapter.LocalSockets;
import io.everwire.adapter.MemoryAdapter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** The life of adapters and their factory, with a cluster that takes its time for everything. */
class SlowClusterTest implements Adapter.Factory {
    private final List<String> calls = new ArrayList<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> heard = new CompletableFuture<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private final List<ClusterState> reported = new ArrayList<>();
    private ClusterContext context;
    private ClusterState state = ClusterState.ALONE;

    private final TestServer server = server(Duration.ofMinutes(1));

    private TestServer server(Duration closeTimeout) {
        return TestServer.create(ServerOptions.builder()
                .adapter(this)
                .closeTimeout(closeTimeout)
                .observer(new ServerObserver() {
                    @Override
                    public void clusterChanged(ClusterState changed) {
                        reported.add(changed);
                    }
                })
                .build());
    }

    @Override
    public void start(ClusterContext started) {
        context = started;
        calls.add("start");
    }

    @Override
    public Adapter create(String namespace, LocalSockets sockets) {
        calls.add("create " + namespace);
        return new Slow(sockets);
    }

    @Override
    public CompletionStage<Void> stop() {
        calls.add("stop");
        return stopped;
    }

    @Override
    public ClusterState state() {
        return state;
    }

    @Test
    void aClientJoinsWhenTheNamespaceIsReady() {
        TestClient client = server.connect();
        assertThat(client.connected()).isFalse();
        assertThat(server.server().ready()).isNotDone();

        ready.complete(null);

        assertThat(client.connected()).isTrue();
        assertThat(server.server().ready()).isCompleted();
        finish();
    }

    @Test
    void aClientThatLeavesMeanwhileDoesNotJoin() {
        TestClient client = server.connect();
        client.connection().close();
        ready.complete(null);

        assertThat(server.server().sockets()).isEmpty();
        finish();
    }

    @Test
    void anAdapterThatFailsToBecomeReadyKeepsNobodyOut() {
        TestClient client = server.connect();
        ready.completeExceptionally(new IllegalStateException("no cluster"));

        assertThat(client.connected()).isTrue();
        assertThat(server.server().ready()).isCompleted();
        finish();
    }

    @Test
    void aRoomIsHeardLaterThanItIsJoined() {
        ready.complete(null);
        TestClient client = server.connect();
        CompletableFuture<Void> joining =
                server.server().sockets().get(client.id()).joinAsync("r");
        server.server().to("r").emit("here");

        assertThat(client.received()).containsExactly(TestEvent.of("here"));
        assertThat(joining).isNotDone();
        heard.complete(null);
        assertThat(joining).isCompleted();
        finish();
    }

    @Test
    void adaptersAreClosedBeforeTheirFactoryStops() {
        server.server().of("/a");
        CompletableFuture<Void> closing = server.server().closeAsync();
        assertThat(calls).containsExactly("start", "create /", "create /a", "close", "close");
        assertThat(closing).isNotDone();

        closed.complete(null);
        assertThat(calls).endsWith("close", "stop");
        assertThat(closing).isNotDone();
        stopped.complete(null);
        assertThat(closing).isCompleted();
    }

    @Test
    void aClusterThatHangsDoesNotKeepTheServerOpen() {
        server(Duration.ofMillis(1)).close();

        assertThat(calls).endsWith("close", "stop");
        finish();
    }

    @Test
    void aFactoryReportsItsState() {
        assertThat(server.server().clusterState()).isEqualTo(ClusterState.ALONE);
        state = new ClusterState(ClusterState.Health.DOWN, 1, List.of(), -1, 0, 0, 3, 0);
        context.stateChanged(state);

        assertThat(server.server().clusterState()).isEqualTo(state);
        assertThat(reported).containsExactly(state);
        finish();
    }

    @Test
    void tasksOfAdaptersRunOnTheTimeOfTheServer() {
        List<Long> ran = new ArrayList<>();
        long now = context.now();
        context.execute(() -> ran.add(context.now() - now));
        Runnable cancel = context.schedule(() -> ran.add(-1L), 500);
        context.schedule(() -> ran.add(context.now() - now), 1_000);
        cancel.run();
        server.advance(Duration.ofSeconds(2));

        assertThat(ran).containsExactly(0L, 1_000L);
        finish();
    }

    private void finish() {
        closed.complete(null);
        stopped.complete(null);
        server.close();
    }

    private final class Slow extends ForwardingAdapter {
        Slow(LocalSockets sockets) {
            super(new MemoryAdapter(sockets));
        }

        @Override
        public CompletionStage<Void> ready() {
            return ready;
        }

        @Override
        public CompletionStage<Void> join(LocalSocket socket, Collection<String> rooms) {
            adapter.join(socket, rooms);
            return heard;
        }

        @Override
        public CompletionStage<Void> close() {
            calls.add("close");
            return closed;
        }
    }
}
