package io.everwire.examples;

import io.everwire.Host;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.netty.NettyHost;
import io.everwire.netty.RouteResponse;
import io.everwire.netty.StaticFiles;
import io.everwire.redis.RedisAdapters;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the chat: one server, one port, a page with client 4.8.4 and a page with client 0.6.3. */
@Command(
        name = "everwire demo",
        mixinStandardHelpOptions = true,
        description = "Starts a chat for clients 0.6 and 4.x.")
public final class ChatDemo implements Callable<Integer> {
    private static final String POLICY = "Content-Security-Policy";
    private static final String SELF = "default-src 'self'; connect-src 'self' ws: wss:";

    @Option(names = "--port", defaultValue = "8080", description = "The port; 0 for any (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "The address (default: ${DEFAULT-VALUE}).")
    private String host = "127.0.0.1";

    @Option(
            names = "--client",
            defaultValue = "4.8.4",
            description =
                    "The client served as /socket.io/socket.io.js: 4.8.4, 2.5.0, 1.7.4, 0.9.17, 0.6.3, 0.6.2, 0.6.1"
                            + " or 0.6 (default: ${DEFAULT-VALUE}).")
    private String client = "4.8.4";

    @Option(
            names = "--redis",
            paramLabel = "URL",
            description = "Joins the cluster of servers over this Redis, such as redis://localhost.")
    private @Nullable String redis;

    /** Runs until it is interrupted. */
    public static void main(String[] args) {
        int status = new CommandLine(new ChatDemo()).execute(args);
        if (status != 0) {
            System.exit(status);
        }
    }

    @Override
    public Integer call() {
        ServerOptions.Builder options = ServerOptions.builder()
                .clientFiles(client, "4.8.4", "2.5.0", "1.7.4", "0.9.17", "0.6.3", "0.6.2", "0.6.1", "0.6")
                .scriptTransports(true);
        if (redis != null) {
            options.adapter(RedisAdapters.create(redis));
        }
        SocketIoServer server = SocketIoServer.create(options.build());
        Host bound = start(server, new InetSocketAddress(host, port));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "everwire-stop"));
        server.ready().join();
        String address = "http://" + host + ":" + bound.address().getPort();
        System.out.println("The chat is running. Open one of these pages:");
        System.out.println("  " + address + "/           client 4.8");
        System.out.println("  " + address + "/2010.html  client 0.6");
        System.out.println("Stop it with Ctrl-C.");
        return 0;
    }

    /** Adds the chat to a server, then opens a port with the pages. */
    public static Host start(SocketIoServer server, InetSocketAddress address) {
        Chat.install(server);
        return server.bind(address, pages());
    }

    private static NettyHost pages() {
        StaticFiles files =
                StaticFiles.resources(ChatDemo.class.getClassLoader(), "web").header(POLICY, SELF);
        return NettyHost.builder()
                .route("GET", "/favicon.ico", request -> RouteResponse.of(204))
                // Client 0.6 creates a function from text while it loads.
                .route(
                        "GET",
                        "/2010.html",
                        request -> RouteResponse.html(page2010())
                                .header(POLICY, SELF + "; script-src 'self' 'unsafe-eval'"))
                .files("/", files)
                .build();
    }

    private static String page2010() throws IOException {
        try (InputStream page = ChatDemo.class.getResourceAsStream("/web/2010.html")) {
            return new String(Objects.requireNonNull(page).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
