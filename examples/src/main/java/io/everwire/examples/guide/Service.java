package io.everwire.examples.guide;

// docs: deploy-service
import io.everwire.ProxyOptions;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.netty.NettyHost;
import io.everwire.netty.RouteResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A server as it runs in a container: settings from the environment, health, and an orderly end. */
public final class Service {
    private Service() {}

    public static void main(String[] args) {
        AtomicBoolean ready = new AtomicBoolean(true);
        SocketIoServer server = SocketIoServer.listen(number("PORT", 8080), options(ready), Service::install);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, ready)));
    }

    private static void install(SocketIoServer server) {
        server.onConnection(socket -> socket.join("lobby"));
        server.on("say", String.class, (socket, text) -> socket.to("lobby").emit("said", text));
        server.onCall("load", Object.class, (socket, data) -> data); // for a load test
    }

    public static ServerOptions options(AtomicBoolean ready) {
        NettyHost host = NettyHost.builder()
                .route("GET", "/health/live", request -> RouteResponse.text("ok"))
                .route("GET", "/health/ready", request -> RouteResponse.of(ready.get() ? 204 : 503))
                .build();
        return ServerOptions.builder()
                .host(host)
                .trustedProxies(
                        ProxyOptions.of(text("TRUSTED_PROXIES", "127.0.0.1").split(",")))
                .closeTimeout(Duration.ofSeconds(5)) // for the last data of slow clients
                .build();
    }

    /** First the load balancer must notice that this server takes no more clients; then they are disconnected in portions. */
    private static void stop(SocketIoServer server, AtomicBoolean ready) {
        ready.set(false);
        wait(Duration.ofSeconds(number("UNREADY_SECONDS", 10)));
        server.closeAsync(Duration.ofSeconds(number("DRAIN_SECONDS", 5))).join();
    }

    private static void wait(Duration time) {
        new CompletableFuture<Void>()
                .completeOnTimeout(null, time.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private static String text(String name, String otherwise) {
        return System.getenv().getOrDefault(name, otherwise);
    }

    private static int number(String name, int otherwise) {
        return Integer.parseInt(text(name, Integer.toString(otherwise)));
    }
}
// docs: end
