package io.everwire.examples;

import io.everwire.Ack;
import io.everwire.GenerationOptions;
import io.everwire.HandlerMode;
import io.everwire.Host;
import io.everwire.Namespace;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.adapter.Adapter;
import io.everwire.cluster.ClusterOptions;
import io.everwire.cluster.SubscriptionMode;
import io.everwire.jackson.JacksonCodec;
import io.everwire.redis.RedisAdapters;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The servers that the public test suites of the protocols and of the official clients expect. The suites of the protocols are in the
 * folders {@code test-suite} of {@code socketio/engine.io-protocol} (branches {@code main} and {@code v3}) and {@code
 * socketio/socket.io-protocol}.
 */
@Command(
        name = "everwire conformance",
        mixinStandardHelpOptions = true,
        description = "Starts the server that a public test suite of a protocol or of an official client expects.")
public final class ConformanceServer implements Callable<Integer> {
    /** A suite, by the name and version of its protocol. */
    public enum Suite {
        /** Engine.IO 4: the server echoes every message. */
        engine4,
        /** Engine.IO 3: the server echoes every message. */
        engine3,
        /** Socket.IO 5. */
        socket5,
        /** The suite of socket.io-client 4. */
        client4,
        /** The suite of socket.io-client 2. */
        client2,
        /** The suites of socket.io-client 0.7 to 0.9: one port for each case. */
        client09,
        /** The suite of engine.io-client 6. */
        engineclient4,
        /** The suite of engine.io-client 3. */
        engineclient3;

        /** Returns whether the suite is one of a protocol, with a client of its own, and not one of an official client. */
        boolean isOfProtocol() {
            return this == engine4 || this == engine3 || this == socket5;
        }
    }

    /** The adapters of the Node server. */
    public enum Mode {
        /** {@code createAdapter}. */
        classic,
        /** {@code createShardedAdapter}, in its mode {@code dynamic}. */
        sharded
    }

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "PORT", description = "The port; 0 for any.")
    private int port;

    @Parameters(index = "1", paramLabel = "SUITE", description = "One of ${COMPLETION-CANDIDATES}.")
    private Suite suite = Suite.socket5;

    @Option(
            names = "--host",
            defaultValue = NettyConformanceHost.NAME,
            description = "netty, tomcat, jetty, undertow or webflux (default: ${DEFAULT-VALUE}).")
    private String host = NettyConformanceHost.NAME;

    @Option(names = "--address", defaultValue = "127.0.0.1", description = "The address (default: ${DEFAULT-VALUE}).")
    private String address = "127.0.0.1";

    @Option(
            names = "--transport",
            defaultValue = "websocket",
            description = "The transport of the servers for client09 (default: ${DEFAULT-VALUE}).")
    private String transport = "websocket";

    @Option(
            names = "--redis",
            paramLabel = "URL",
            description = "Joins the cluster of servers over this Redis. For the suite socket5.")
    private @Nullable String redis;

    @Option(
            names = "--mode",
            defaultValue = "classic",
            description = "With --redis: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Mode mode = Mode.classic;

    @Option(names = "--json", description = "Prints the ports as JSON.")
    private boolean json;

    /** Runs until it is interrupted. */
    public static void main(String[] args) {
        int status = new CommandLine(new ConformanceServer()).execute(args);
        if (status != 0) {
            System.exit(status);
        }
    }

    @Override
    public Integer call() throws Exception {
        ConformanceHost opener = hosts().stream()
                .filter(each -> each.name().equals(host))
                .findFirst()
                .orElseThrow(() -> misused("no host \"" + host + "\" is on the class path"));
        Map<String, Integer> ports = new LinkedHashMap<>();
        int next = port;
        for (Map.Entry<String, SocketIoServer> entry : servers().entrySet()) {
            ports.put(entry.getKey(), open(opener, entry.getValue(), next));
            next = port == 0 ? 0 : next + 1;
        }
        if (json) {
            System.out.println(new String(new JacksonCodec().write(ports, List.of()), StandardCharsets.UTF_8));
        } else {
            ports.forEach((name, opened) -> System.out.println(
                    "The server for the suite " + name + " runs on http://" + address + ":" + opened + "/"));
        }
        return 0;
    }

    private Map<String, SocketIoServer> servers() {
        String url = redis;
        if (url != null) {
            if (suite != Suite.socket5) {
                throw misused("--redis is for the suite socket5, not " + suite);
            }
            return Map.of(suite.name(), socketIo(RedisAdapters.create(url, cluster(mode))));
        }
        return suite == Suite.client09 ? Client09Servers.create(transport) : Map.of(suite.name(), server(suite));
    }

    private static ClusterOptions cluster(Mode mode) {
        return mode == Mode.sharded
                ? ClusterOptions.builder().sharded(SubscriptionMode.DYNAMIC).build()
                : ClusterOptions.DEFAULTS;
    }

    private ParameterException misused(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }

    /** Returns the hosts on the class path. */
    public static List<ConformanceHost> hosts() {
        List<ConformanceHost> hosts = new ArrayList<>(List.of(new NettyConformanceHost()));
        ServiceLoader.load(ConformanceHost.class).forEach(hosts::add);
        return hosts;
    }

    private int open(ConformanceHost opener, SocketIoServer server, int port) throws Exception {
        Host opened = opener.open(server, new InetSocketAddress(address, port), suite.isOfProtocol());
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            server.close();
                            opened.close().join();
                        },
                        "everwire-stop"));
        return opened.address().getPort();
    }

    /** Creates the server for a suite. It is not reachable yet. */
    public static SocketIoServer server(Suite suite) {
        return switch (suite) {
            case engine4 -> echo("eio4");
            case engine3 -> echo("eio3");
            case socket5 -> socketIo(null);
            case client4 -> SupportServers.client4();
            case client2 -> SupportServers.client2();
            case client09 -> throw new IllegalArgumentException("client09 has one server for each case");
            case engineclient4 -> SupportServers.engineClient4();
            case engineclient3 -> SupportServers.engineClient3();
        };
    }

    private static SocketIoServer echo(String generation) {
        SocketIoServer server = SocketIoServer.create(options()
                .path("/engine.io")
                .generations(GenerationOptions.builder()
                        .only(generation)
                        .engineOnly(true)
                        .build())
                .build());
        server.onMessage((socket, message) -> socket.send(message));
        return server;
    }

    /** @param cluster null for a server of its own */
    private static SocketIoServer socketIo(Adapter.@Nullable Factory cluster) {
        ServerOptions.Builder options =
                options().connectTimeout(Duration.ofSeconds(1)).generations("eio4");
        if (cluster != null) {
            options.adapter(cluster);
        }
        SocketIoServer server = SocketIoServer.create(options.build());
        for (String name : List.of("/", "/custom")) {
            Namespace namespace = server.of(name);
            namespace.onConnection(
                    socket -> socket.emit("auth", socket.handshake().auth(Map.class)));
            namespace.onRaw("message", (socket, arguments) -> {
                socket.emit("message-back", arguments.all().toArray());
                return Ack.none();
            });
            namespace.onRaw(
                    "message-with-ack",
                    (socket, arguments) -> Ack.of(arguments.all().toArray()));
        }
        return server;
    }

    /** Accepts pages of all origins, because the suites also run in browsers. Handlers run on the event loop, as in Node. */
    private static ServerOptions.Builder options() {
        return ServerOptions.builder()
                .pingInterval(Duration.ofMillis(300))
                .pingTimeout(Duration.ofMillis(200))
                .maxHttpBufferSize(1_000_000)
                .handlerMode(HandlerMode.EVENT_LOOP)
                .origins("*");
    }
}
