package io.everwire.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.everwire.HandlerMode;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.testkit.host.RawPeer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files beside Socket.IO, over real sockets. */
@Timeout(120)
class StaticFilesTest {
    @TempDir
    Path temp;

    private final SocketIoServer server = SocketIoServer.create(
            ServerOptions.builder().handlerMode(HandlerMode.EVENT_LOOP).build());
    private final List<RawPeer> peers = new ArrayList<>();
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        folder = Files.createDirectories(temp.resolve("public"));
        Files.writeString(folder.resolve("index.html"), "<p>home</p>");
        Files.writeString(folder.resolve("app.js"), "let a;");
        Files.writeString(folder.resolve("\u00E4 b.txt"), "umlaut");
        Files.writeString(folder.resolve(".env"), "secret");
        Files.writeString(temp.resolve("outside.txt"), "secret");
        Files.createDirectories(folder.resolve("docs"));
        Files.writeString(folder.resolve("docs/index.html"), "<p>docs</p>");
        Files.createDirectories(folder.resolve("empty"));
        Files.write(folder.resolve("large.bin"), new byte[3_000_000]);
        Files.write(folder.resolve("nothing.txt"), new byte[0]);
    }

    @AfterEach
    void close() throws IOException {
        for (RawPeer peer : peers) {
            peer.close();
        }
        server.close();
    }

    private RawPeer start(NettyHost.Builder host) throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return peer(server.bind(any, host.build()).address());
    }

    private RawPeer peer(InetSocketAddress address) throws IOException {
        RawPeer peer = RawPeer.open(address);
        peers.add(peer);
        return peer;
    }

    private static String get(RawPeer peer, String target, String... headers) throws IOException {
        return peer.send("GET " + target + " HTTP/1.1\r\nHost: h\r\n" + String.join("", headers) + "\r\n")
                .answer();
    }

    @Test
    @DisplayName("files have their types, and a folder its index")
    void files() throws IOException {
        RawPeer peer = start(NettyHost.builder().files("/", StaticFiles.folder(folder)));
        assertThat(get(peer, "/"))
                .startsWith("HTTP/1.1 200")
                .contains("Content-Type: text/html; charset=utf-8\r\n", "X-Content-Type-Options: nosniff\r\n")
                .contains("Cache-Control: public, max-age=0\r\n")
                .endsWith("<p>home</p>");
        assertThat(get(peer, "/app.js?v=1")).contains("text/javascript").endsWith("let a;");
        assertThat(get(peer, "/%C3%A4%20b.txt")).contains("text/plain").endsWith("umlaut");
        assertThat(get(peer, "/docs/")).endsWith("<p>docs</p>");
        assertThat(get(peer, "/docs")).startsWith("HTTP/1.1 301").contains("Location: docs/\r\n");
        assertThat(get(peer, "/empty/")).startsWith("HTTP/1.1 404");
        assertThat(get(peer, "/empty")).startsWith("HTTP/1.1 404");
        assertThat(get(peer, "/nothing.txt")).startsWith("HTTP/1.1 200").contains("content-length: 0");
        assertThat(get(peer, "/missing.html")).startsWith("HTTP/1.1 404");
    }

    @Test
    @DisplayName("routes, files and the application share a port, in this order")
    void together() throws IOException {
        RawPeer peer = start(NettyHost.builder()
                .route("GET", "/app.js", request -> RouteResponse.text("route"))
                .files("/assets", StaticFiles.folder(folder)));
        assertThat(get(peer, "/app.js")).endsWith("route");
        assertThat(get(peer, "/assets/app.js")).endsWith("let a;");
        assertThat(get(peer, "/assetsapp.js")).startsWith("HTTP/1.1 404");
        // Pipelined: in order, although each file is read by another thread.
        peer.send("GET /assets/app.js HTTP/1.1\r\nHost: h\r\n\r\nGET /app.js HTTP/1.1\r\nHost: h\r\n\r\n"
                + "GET /assets/x HTTP/1.1\r\nHost: h\r\n\r\nGET /assets/docs/ HTTP/1.1\r\nHost: h\r\n\r\n");
        assertThat(peer.answer()).endsWith("let a;");
        assertThat(peer.answer()).endsWith("route");
        assertThat(peer.answer()).startsWith("HTTP/1.1 404");
        assertThat(peer.answer()).endsWith("<p>docs</p>");
    }

    @Test
    @DisplayName("a browser that has a file is told so, by tag or time")
    void validators() throws IOException {
        RawPeer peer = start(NettyHost.builder().files("/", StaticFiles.folder(folder)));
        String answer = get(peer, "/app.js");
        String tag = answer.replaceFirst("(?s).*\r\nETag: ([^\r]+).*", "$1");
        String time = answer.replaceFirst("(?s).*\r\nLast-Modified: ([^\r]+).*", "$1");
        assertThat(time).matches("[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT");
        for (String header : List.of(
                "If-None-Match: " + tag + "\r\n",
                "If-None-Match: \"x\", " + tag.replace("W/", "") + "\r\n",
                "If-None-Match: *\r\n",
                "If-Modified-Since: " + time + "\r\n")) {
            assertThat(get(peer, "/app.js", header))
                    .as(header)
                    .startsWith("HTTP/1.1 304")
                    .contains("ETag: " + tag)
                    .endsWith("\r\n\r\n");
        }
        for (String header : List.of(
                "If-None-Match: \"x\"\r\nIf-Modified-Since: " + time + "\r\n",
                "If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT\r\n",
                "If-Modified-Since: yesterday\r\n")) {
            assertThat(get(peer, "/app.js", header)).as(header).endsWith("let a;");
        }
        Files.writeString(folder.resolve("app.js"), "let other;");
        assertThat(get(peer, "/app.js", "If-None-Match: " + tag + "\r\n")).endsWith("let other;");
    }

    @Test
    @DisplayName("HEAD has the length; methods that write, bodies and WebSockets are not for files")
    void methods() throws IOException {
        RawPeer peer = start(NettyHost.builder().files("/", StaticFiles.folder(folder)));
        peer.send("HEAD /large.bin HTTP/1.1\r\nHost: h\r\n\r\nGET /app.js HTTP/1.1\r\nHost: h\r\n\r\n");
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append(peer.character());
        }
        assertThat(head).contains("content-length: 3000000");
        assertThat(peer.answer()).endsWith("let a;");
        for (String request : List.of(
                "POST /app.js HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n",
                "GET /app.js HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nx",
                "GET /app.js HTTP/1.1\r\n" + RawPeer.upgrade(13) + "\r\n")) {
            assertThat(peer(server.host().address()).send(request).answer())
                    .as(request)
                    .startsWith("HTTP/1.1 404");
        }
    }

    @Test
    @DisplayName("no path, link or hidden name leads to another file")
    void traversal() throws IOException {
        Files.createSymbolicLink(folder.resolve("link.txt"), temp.resolve("outside.txt"));
        Files.createSymbolicLink(folder.resolve("up"), temp);
        Files.createSymbolicLink(folder.resolve("inside.txt"), folder.resolve("app.js"));
        RawPeer peer = start(NettyHost.builder().files("/", StaticFiles.folder(folder)));
        assertThat(get(peer, "/inside.txt")).endsWith("let a;");
        for (String target : List.of(
                "/link.txt",
                "/up/outside.txt",
                "/up/",
                "/../outside.txt",
                "/%2e%2e/outside.txt",
                "/..%2foutside.txt",
                "/docs/../../outside.txt",
                "/..\\outside.txt",
                "/..%5coutside.txt",
                "/%c0%ae%c0%ae/outside.txt",
                "//outside.txt",
                "/" + temp.resolve("outside.txt"),
                "/app.js%00.txt",
                "/.env",
                "/%2eenv",
                "/%")) {
            assertThat(get(peer, target)).as(target).startsWith("HTTP/1.1 404").doesNotContain("secret");
        }
    }

    @Test
    @DisplayName("a large file arrives whole; a client that reads slowly stops no other")
    void large() throws IOException {
        RawPeer peer = start(NettyHost.builder().files("/", StaticFiles.folder(folder)));
        for (int i = 0; i < 20; i++) {
            peer(server.host().address()).send("GET /large.bin HTTP/1.1\r\nHost: h\r\n\r\n");
        }
        String answer = get(peer, "/large.bin");
        assertThat(answer).startsWith("HTTP/1.1 200").contains("Content-Type: application/octet-stream");
        assertThat(answer.length() - answer.indexOf("\r\n\r\n") - 4).isEqualTo(3_000_000);
        assertThat(get(peer, "/app.js")).endsWith("let a;");
    }

    @Test
    @DisplayName("an application of one page answers addresses without a dot with its page")
    void fallback() throws IOException {
        RawPeer peer = start(NettyHost.builder()
                .files("/", StaticFiles.folder(folder).fallback("index.html").header("X-A", "b")));
        String html = "Accept: text/html,*/*\r\n";
        assertThat(get(peer, "/users/7", html))
                .startsWith("HTTP/1.1 200")
                .contains("X-A: b")
                .endsWith("<p>home</p>");
        assertThat(get(peer, "/users/7")).startsWith("HTTP/1.1 404");
        assertThat(get(peer, "/users/7.png", html)).startsWith("HTTP/1.1 404");
        assertThat(get(peer, "/../users", html)).startsWith("HTTP/1.1 404");
        assertThat(get(peer, "/app.js", html)).endsWith("let a;");
    }

    @Test
    @DisplayName("resources of the class path are served, and nothing beside them")
    void resources() throws IOException {
        try (URLClassLoader loader = new URLClassLoader(new URL[] {temp.toUri().toURL()}, null)) {
            RawPeer peer = start(NettyHost.builder()
                    .files("/", StaticFiles.resources(loader, "/public/").maxAge(Duration.ofHours(1))));
            String answer = get(peer, "/");
            assertThat(answer)
                    .contains("Cache-Control: public, max-age=3600\r\n")
                    .endsWith("<p>home</p>");
            String tag = answer.replaceFirst("(?s).*\r\nETag: ([^\r]+).*", "$1");
            assertThat(get(peer, "/", "If-None-Match: " + tag + "\r\n")).startsWith("HTTP/1.1 304");
            assertThat(get(peer, "/docs/")).endsWith("<p>docs</p>");
            assertThat(get(peer, "/docs")).startsWith("HTTP/1.1 301");
            for (String target : List.of("/../outside.txt", "/%2e%2e/outside.txt", "/.env", "/docs/none", "/empty")) {
                assertThat(get(peer, target)).as(target).startsWith("HTTP/1.1 404");
            }
        }
    }

    @Test
    @DisplayName("a folder that does not exist is the application's mistake")
    void mistakes() {
        assertThatThrownBy(() -> StaticFiles.folder(temp.resolve("none"))).hasMessageContaining("none");
        assertThatThrownBy(() -> StaticFiles.folder(folder).maxAge(Duration.ofDays(400)))
                .hasMessageContaining("maxAge");
    }

    @Test
    @DisplayName(
            "a client that takes no byte of a file for keepAliveTimeout is closed, and frees its place on the port")
    void unreadFile() throws IOException {
        // More than the send buffer of Linux grows to (tcp_wmem).
        Files.write(folder.resolve("larger.bin"), new byte[16_000_000]);
        NettyOptions options = NettyOptions.builder()
                .maxConnections(1)
                .keepAliveTimeout(Duration.ofMillis(200))
                .build();
        InetSocketAddress port = server.bind(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        NettyHost.builder()
                                .options(options)
                                .files("/", StaticFiles.folder(folder))
                                .build())
                .address();
        RawPeer unread = RawPeer.open(port, 4096);
        peers.add(unread);
        unread.send("GET /larger.bin HTTP/1.1\r\nHost: h\r\n\r\n");
        assertThat(unread.character()).isEqualTo('H');

        await().atMost(Duration.ofSeconds(60)).until(() -> isServed(port));
        assertThat(unread.ended()).isTrue();
    }

    private static boolean isServed(InetSocketAddress port) {
        try (RawPeer peer = RawPeer.open(port)) {
            return get(peer, "/app.js").endsWith("let a;");
        } catch (IOException full) {
            return false;
        }
    }
}
