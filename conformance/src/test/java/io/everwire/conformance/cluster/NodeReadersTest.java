package io.everwire.conformance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.Ack;
import io.everwire.BroadcastOperator;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.adapter.ClusterContext;
import io.everwire.cluster.ClusterAdapters;
import io.everwire.cluster.ClusterOptions;
import io.everwire.cluster.Line;
import io.everwire.cluster.Subscription;
import io.everwire.cluster.Subscription.Kind;
import io.everwire.cluster.SubscriptionMode;
import io.everwire.conformance.clients.Agent;
import io.everwire.protocol.Bytes;
import io.everwire.testkit.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The readers of the Node adapters take everything that a Java server writes: random calls with random data. */
class NodeReadersTest {
    private static final int CALLS = 400;

    @ParameterizedTest
    @CsvSource({"classic, 1", "classic, 2", "dynamic, 3", "static, 4", "dynamic-private, 5"})
    void everythingWrittenIsRead(String mode, long seed) throws Exception {
        ClusterOptions options = mode.equals("classic")
                ? ClusterOptions.DEFAULTS
                : ClusterOptions.builder()
                        .sharded(SubscriptionMode.valueOf(mode.replace('-', '_').toUpperCase(java.util.Locale.ROOT)))
                        .build();
        Recorder recorder = new Recorder();
        calls(options, recorder, new Random(seed));
        try (Agent agent = new Agent("cluster.mjs")) {
            JsonNode result = agent.order("read", "", "mode", mode, "messages", recorder.messages);

            assertThat(result.get("problems")).isEmpty();
            assertThat(result.get("delivered").intValue()).isGreaterThan(CALLS / 10);
            agent.order("end", "");
        }
    }

    private static void calls(ClusterOptions options, Recorder recorder, Random random) {
        try (TestServer test = TestServer.create(ServerOptions.builder()
                .adapter(new ClusterAdapters(options, recorder))
                .build())) {
            SocketIoServer server = test.server();
            server.of("/other");
            server.onServerSideCall("ask", arguments -> Ack.of(values(random)));
            test.connect();
            for (int i = 0; i < CALLS; i++) {
                BroadcastOperator to = chosen(server, random);
                switch (random.nextInt(8)) {
                    case 0, 1, 2 -> to.emit(text(random), values(random));
                    case 3 -> to.timeout(Duration.ofSeconds(1)).call("ask", Object.class, values(random));
                    case 4 -> to.socketsJoin(text(random), text(random));
                    case 5 -> to.socketsLeave(text(random));
                    case 6 -> server.serverSideEmit("hello", values(random));
                    default -> server.serverSideCall("ask", Object.class, values(random));
                }
                if (random.nextInt(20) == 0) {
                    to.disconnectSockets(random.nextBoolean());
                    server.of("/other").to("r").emit("in another namespace");
                    server.fetchAvailableSockets();
                    server.in(text(random)).countSockets();
                    server.countSockets();
                }
            }
            answers(options, recorder);
            assertThat(recorder.messages).hasSizeGreaterThan(CALLS / 2);
        }
    }

    /** Makes the server write answers, to requests of another one. */
    private static void answers(ClusterOptions options, Recorder recorder) {
        boolean sharded = options.sharded();
        String channel = sharded ? "socket.io#/#" : "socket.io-request#/#";
        for (int type : sharded ? new int[] {3, 7, 9} : new int[] {0, 1, 5, 6, 7}) {
            String fields = "\"requestId\":\"abcdef\",\"opts\":{\"rooms\":[],\"except\":[]},";
            String event = "{\"type\":2,\"data\":[\"ask\"],\"nsp\":\"/\"}";
            String request = sharded
                    ? "{\"type\":" + type + ",\"uid\":\"other\",\"nsp\":\"/\",\"data\":{" + fields + "\"packet\":"
                            + (type == 9 ? "[\"ask\"]" : event) + "}}"
                    : "{\"uid\":\"other\",\"type\":" + type + "," + fields + "\"packet\":" + event
                            + ",\"data\":[\"ask\"]}";
            recorder.receive(sharded ? Kind.SHARD : Kind.CHANNEL, channel, request);
        }
    }

    private static BroadcastOperator chosen(SocketIoServer server, Random random) {
        BroadcastOperator to = server.everybody();
        for (int i = random.nextInt(3); i > 0; i--) {
            to = to.to(random.nextBoolean() ? "r" : text(random));
        }
        if (random.nextInt(4) == 0) {
            to = to.except(text(random));
        }
        if (random.nextInt(4) == 0) {
            to = to.asVolatile();
        }
        return random.nextInt(4) == 0 ? to.compress(false) : to;
    }

    private static Object[] values(Random random) {
        Object[] values = new Object[random.nextInt(4)];
        Arrays.setAll(values, i -> value(random, 3));
        return values;
    }

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 11 : 8)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextInt();
            case 3 -> random.nextLong();
            case 4 -> random.nextGaussian() * Math.pow(10, random.nextInt(600) - 300);
            case 5, 6 -> text(random);
            case 7 -> {
                byte[] bytes = new byte[random.nextInt(300)];
                random.nextBytes(bytes);
                yield bytes;
            }
            case 8 -> Arrays.asList(values(random));
            default -> {
                Map<String, Object> members = new HashMap<>();
                for (int i = random.nextInt(20); i > 0; i--) {
                    members.put(text(random), value(random, depth - 1));
                }
                yield members;
            }
        };
    }

    private static String text(Random random) {
        int[] limits = {0x80, 0x800, 0xD800, 0x10FFFF};
        StringBuilder text = new StringBuilder("t");
        for (int i = random.nextInt(random.nextInt(10) == 0 ? 300 : 25); i > 0; i--) {
            // Surrogates, too, also without their other half.
            text.appendCodePoint(random.nextInt(limits[random.nextInt(4)]));
        }
        return text.toString();
    }

    /** A line that records what the server publishes. */
    private static final class Recorder implements Line {
        private final List<Map<String, String>> messages = new ArrayList<>();
        private Listener listener;

        void receive(Kind kind, String channel, String message) {
            listener.received(new Subscription(kind, channel), channel, Bytes.utf8(message));
        }

        @Override
        public void start(Listener started, ClusterContext context) {
            listener = started;
            started.stateChanged(true);
        }

        @Override
        public CompletionStage<Void> subscribe(Subscription subscription) {
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void unsubscribe(Subscription subscription) {}

        @Override
        public CompletionStage<Void> publish(Kind kind, String channel, Bytes message) {
            // Node servers do not subscribe to the channel of the Java servers. Even so, its messages would not harm
            // them.
            String wire = Base64.getEncoder().encodeToString(message.toByteArray());
            messages.add(Map.of("channel", channel, "wire", wire));
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<Integer> subscribers(Subscription subscription) {
            return CompletableFuture.completedStage(2);
        }

        @Override
        public CompletionStage<Void> stop() {
            return CompletableFuture.completedStage(null);
        }
    }
}
