package io.everwire.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.HandlerMode;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.engine.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Plain routes beside Socket.IO, with raw bytes. */
class RoutesTest {
    private static final String HOST = " HTTP/1.1\r\nHost: h\r\n";

    private final SocketIoServer server = SocketIoServer.create(
            ServerOptions.builder().handlerMode(HandlerMode.EVENT_LOOP).build());
    private final AtomicInteger called = new AtomicInteger();
    private final NettyHost host = NettyHost.builder()
            .route("GET", "/health", request -> RouteResponse.text("ok"))
            .route(
                    "POST",
                    "/echo",
                    request -> RouteResponse.json(request.text()).status(201))
            .route("PUT", "/echo", request -> RouteResponse.of(204).header("X-Length", "" + request.body().length))
            .route(
                    "GET",
                    "/api/*",
                    request -> RouteResponse.text(request.method() + " " + request.path() + " " + request.query("a")
                            + " " + request.header("x-b")))
            .route("GET", "/api/later", request -> RouteResponse.text("never reached"))
            .route("GET", "/fails", request -> {
                called.incrementAndGet();
                throw new IllegalStateException("secret");
            })
            .route("GET", "/null", request -> null)
            .route("GET", "/socket.io/*", request -> RouteResponse.text("mine"))
            .maxRouteBody(100)
            .build();
    private final List<EmbeddedPort> open = new ArrayList<>();

    private EmbeddedPort port() {
        EmbeddedPort port = new EmbeddedPort(
                new ServerAccess(server.unwrap(Engine.class), server.unwrap(io.everwire.HostContext.class)), host);
        open.add(port);
        return port;
    }

    @AfterEach
    void close() {
        open.forEach(EmbeddedPort::close);
        server.closeAsync();
    }

    private String get(String target) {
        return port().ask("GET " + target + HOST + "X-B: c\r\n\r\n");
    }

    @Test
    @DisplayName("a route has a method and a path; the first that fits answers")
    void match() {
        assertThat(get("/health")).startsWith("HTTP/1.1 200").endsWith("\r\n\r\nok");
        assertThat(get("/health?x=y")).endsWith("ok");
        assertThat(get("/api/a/b?a=%20d")).endsWith("GET /api/a/b  d c");
        assertThat(get("/api/later")).endsWith("GET /api/later null c");
        assertThat(get("/health/")).startsWith("HTTP/1.1 404");
        assertThat(get("/api")).startsWith("HTTP/1.1 404");
        assertThat(get("/HEALTH")).startsWith("HTTP/1.1 404");
        assertThat(get("/%68ealth")).startsWith("HTTP/1.1 404");
    }

    @Test
    @DisplayName("a path below that of Socket.IO, which does not take it, is a route")
    void belowSocketIo() {
        assertThat(get("/socket.io/own.txt")).endsWith("mine");
    }

    @Test
    @DisplayName("HEAD has the length and no content, and the next response of the connection is not confused")
    void head() {
        EmbeddedPort port = port();
        assertThat(port.ask("HEAD /health" + HOST + "\r\n"))
                .startsWith("HTTP/1.1 200")
                .contains("content-length: 2\r\n")
                .endsWith("\r\n\r\n");
        assertThat(port.ask("GET /health" + HOST + "\r\nGET /health" + HOST + "\r\n"))
                .endsWith("ok");
        assertThat(port.isOpen()).isTrue();
    }

    @Test
    @DisplayName("another method is answered 405 and told the methods")
    void methods() {
        assertThat(port().ask("DELETE /echo" + HOST + "\r\n"))
                .startsWith("HTTP/1.1 405")
                .contains("Allow: POST, PUT\r\n");
        assertThat(port().ask("POST /health" + HOST + "Content-Length: 2\r\n\r\nab"))
                .startsWith("HTTP/1.1 405")
                .contains("Allow: GET, HEAD\r\n");
    }

    @Test
    @DisplayName("bodies arrive whole, and beyond the limit not at all")
    void bodies() {
        EmbeddedPort port = port();
        assertThat(port.ask("POST /echo" + HOST + "Content-Length: 7\r\n\r\n{\"a\":1}"))
                .startsWith("HTTP/1.1 201")
                .contains("Content-Type: application/json\r\n")
                .endsWith("{\"a\":1}");
        assertThat(port.ask("PUT /echo" + HOST + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 204")
                .contains("X-Length: 5")
                .doesNotContainIgnoringCase("content-length");
        assertThat(port.ask("POST /echo" + HOST + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n"))
                .startsWith("HTTP/1.1 100");
        assertThat(port.ask("ab")).startsWith("HTTP/1.1 201").endsWith("ab");

        assertThat(port().ask("POST /echo" + HOST + "Content-Length: 101\r\n\r\n"))
                .startsWith("HTTP/1.1 413")
                .contains("connection: close")
                .endsWith("maxRouteBody = 100.\n");
        EmbeddedPort chunked = port();
        assertThat(chunked.ask("POST /echo" + HOST + "Transfer-Encoding: chunked\r\n\r\n65\r\n" + "x".repeat(101)))
                .startsWith("HTTP/1.1 413")
                .contains("connection: close");
        assertThat(chunked.isOpen()).isFalse();
    }

    @Test
    @DisplayName("a route that fails is answered 500 without its message, and the connection continues")
    void failures() {
        EmbeddedPort port = port();
        assertThat(port.ask("GET /fails" + HOST + "\r\n"))
                .startsWith("HTTP/1.1 500")
                .doesNotContain("secret");
        assertThat(port.ask("GET /null" + HOST + "\r\n")).startsWith("HTTP/1.1 500");
        assertThat(port.ask("GET /health" + HOST + "\r\n")).endsWith("ok");
        assertThat(called).hasValue(1);
    }

    @Test
    @DisplayName("mistakes of the application are thrown when the host is built")
    void mistakes() {
        RouteHandler handler = request -> RouteResponse.of(204);
        assertThatThrownBy(() -> NettyHost.builder().route("get", "/a", handler))
                .hasMessageContaining("get");
        assertThatThrownBy(() -> NettyHost.builder().route("GET", "a", handler)).hasMessageContaining("\"a\"");
        assertThatThrownBy(() -> NettyHost.builder().route("GET", "/a?b", handler))
                .hasMessageContaining("/a?b");
        assertThatThrownBy(() -> NettyHost.builder().maxRouteBody(-1)).hasMessageContaining("maxRouteBody");
        assertThatThrownBy(() -> RouteResponse.of(101)).hasMessageContaining("101");
        assertThatThrownBy(() -> RouteResponse.of(200).header("a", "b\r\nc: d"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
