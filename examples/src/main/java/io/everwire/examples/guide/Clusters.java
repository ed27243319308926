package io.everwire.examples.guide;

import io.everwire.RemoteSockets;
import io.everwire.ServerObserver;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.adapter.ClusterState;
import io.everwire.adapter.SocketCount;
import io.everwire.cluster.ClusterEmitter;
import io.everwire.cluster.ClusterOptions;
import io.everwire.cluster.SubscriptionMode;
import io.everwire.redis.ClusterDiagnosis;
import io.everwire.redis.RedisAdapters;
import io.everwire.redis.RedisDoctor;
import io.everwire.redis.RedisEmitter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Several servers that share rooms over Redis. */
public final class Clusters {
    private Clusters() {}

    public static SocketIoServer server(String redis) {
        // docs: cluster-server
        SocketIoServer server = SocketIoServer.create(ServerOptions.builder()
                .adapter(RedisAdapters.create(redis)) // redis://host:port
                .build());
        server.ready().join(); // the namespaces that exist now receive the events of other servers
        // docs: end
        return server;
    }

    public static ServerOptions sharded(String redis) {
        // docs: cluster-sharded
        ClusterOptions cluster =
                ClusterOptions.builder().sharded(SubscriptionMode.DYNAMIC).build();
        ServerOptions options = ServerOptions.builder()
                .adapter(RedisAdapters.create(redis, cluster))
                .build();
        // docs: end
        return options;
    }

    public static ServerOptions exact(String redis) {
        // docs: cluster-exact
        ClusterOptions cluster =
                ClusterOptions.builder().exactSubscriptions(true).build();
        ServerOptions options = ServerOptions.builder()
                .adapter(RedisAdapters.create(redis, cluster))
                .build();
        // docs: end
        return options;
    }

    public static CompletableFuture<Void> emitter(String redis) {
        // docs: cluster-emitter
        ClusterEmitter emitter = RedisEmitter.create(redis);
        CompletableFuture<Void> sent = emitter.to("news").emit("update", 42);
        // docs: end
        return sent.whenComplete((done, failure) -> emitter.close());
    }

    public static CompletableFuture<Integer> found(SocketIoServer server) {
        // docs: cluster-fetch
        CompletableFuture<RemoteSockets> found = server.in("news").fetchAvailableSockets();
        CompletableFuture<Integer> missing =
                found.thenApply(RemoteSockets::missing); // servers that did not answer in time
        // docs: end
        return missing;
    }

    public static CompletableFuture<Integer> count(SocketIoServer server) {
        // docs: cluster-count
        CompletableFuture<SocketCount> readers = server.in("news").countSockets();
        // docs: end
        return readers.thenApply(SocketCount::sockets);
    }

    public static ServerOptions observed(String redis, List<String> log) {
        // docs: cluster-state
        ServerObserver observer = new ServerObserver() {
            @Override
            public void clusterChanged(ClusterState state) {
                log.add(state.health() + ", servers: " + state.servers());
                state.others().forEach(other -> log.add(other.kind() + " " + other.id()));
            }
        };
        ServerOptions options = ServerOptions.builder()
                .adapter(RedisAdapters.create(redis))
                .observer(observer)
                .build();
        // docs: end
        return options;
    }

    public static List<String> diagnose(String redis) {
        // docs: cluster-doctor
        ClusterDiagnosis diagnosis = RedisDoctor.examine(redis, ClusterOptions.DEFAULTS, Duration.ofSeconds(2));
        List<String> problems = diagnosis.problems();
        // docs: end
        return problems;
    }
}
