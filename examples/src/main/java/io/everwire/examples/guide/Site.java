package io.everwire.examples.guide;

import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.netty.NettyHost;
import io.everwire.netty.RouteResponse;
import io.everwire.netty.StaticFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/** Pages and plain routes beside Socket.IO. */
public final class Site {
    private Site() {}

    public static SocketIoServer page(int port, Path folder, Consumer<SocketIoServer> setup) {
        // docs: files-page
        NettyHost host = NettyHost.builder()
                .files("/", StaticFiles.folder(folder)) // index.html is the page
                .build();
        ServerOptions options = ServerOptions.builder().host(host).build();
        SocketIoServer server = SocketIoServer.listen(port, options, setup);
        // docs: end
        return server;
    }

    public static NettyHost routes() {
        // docs: files-routes
        NettyHost host = NettyHost.builder()
                .route("GET", "/health", request -> RouteResponse.text("ok"))
                .route("POST", "/greet", request -> RouteResponse.json("{\"hello\":" + request.text() + "}"))
                .route(
                        "GET",
                        "/api/*",
                        request -> RouteResponse.text("no such thing").status(404))
                .build();
        // docs: end
        return host;
    }

    public static NettyHost app(ClassLoader loader) {
        // docs: files-app
        StaticFiles app = StaticFiles.resources(loader, "public")
                .fallback("index.html") // for the addresses of an application with one page
                .header("Content-Security-Policy", "default-src 'self'");
        StaticFiles assets = StaticFiles.resources(loader, "assets").maxAge(Duration.ofDays(365));
        NettyHost host =
                NettyHost.builder().files("/assets", assets).files("/", app).build();
        // docs: end
        return host;
    }
}
