package io.everwire.examples;

import io.everwire.Ack;
import io.everwire.GenerationOptions;
import io.everwire.HandlerMode;
import io.everwire.Namespace;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.netty.NettyOptions;
import io.everwire.netty.NettyServer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The server that the public test suites of the protocols expect. The suites are in the folders {@code test-suite} of
 * {@code socketio/engine.io-protocol} (branches {@code main} and {@code v3}) and {@code socketio/socket.io-protocol}.
 */
@Command(
        name = "everwire conformance",
        mixinStandardHelpOptions = true,
        description = "Starts the server that the public test suites of the protocols expect (on port 3000).")
public final class ConformanceServer implements Callable<Integer> {
    /** A suite, by the name and version of its protocol. */
    public enum Suite {
        /** Engine.IO 4: the server echoes every message. */
        engine4,
        /** Engine.IO 3: the server echoes every message. */
        engine3,
        /** Socket.IO 5. */
        socket5
    }

    @Parameters(index = "0", paramLabel = "PORT", description = "The port; 0 for any.")
    private int port;

    @Parameters(index = "1", paramLabel = "SUITE", description = "One of ${COMPLETION-CANDIDATES}.")
    private Suite suite = Suite.socket5;

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "The address (default: ${DEFAULT-VALUE}).")
    private String host = "127.0.0.1";

    /** Runs until it is interrupted. */
    public static void main(String[] args) {
        int status = new CommandLine(new ConformanceServer()).execute(args);
        if (status != 0) {
            System.exit(status);
        }
    }

    @Override
    public Integer call() throws Exception {
        SocketIoServer server = server(suite);
        // One event loop, as in Node: the suites depend on the order of requests on several connections.
        NettyOptions oneLoop = NettyOptions.builder().workerThreads(1).build();
        NettyServer netty = NettyServer.builder(server)
                .options(oneLoop)
                .application(pipeline -> pipeline.addFirst(new SpacedMessages()))
                .bind(new InetSocketAddress(host, port));
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            server.close();
                            netty.close().join();
                        },
                        "everwire-stop"));
        System.out.println("The server for the suite " + suite + " runs on http://" + host + ":"
                + netty.address().getPort() + server.options().path() + "/");
        return 0;
    }

    /** Creates the server for a suite. It is not reachable yet. */
    public static SocketIoServer server(Suite suite) {
        return switch (suite) {
            case engine4 -> echo("eio4");
            case engine3 -> echo("eio3");
            case socket5 -> socketIo();
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

    private static SocketIoServer socketIo() {
        SocketIoServer server = SocketIoServer.create(options()
                .connectTimeout(Duration.ofSeconds(1))
                .generations("eio4")
                .build());
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
