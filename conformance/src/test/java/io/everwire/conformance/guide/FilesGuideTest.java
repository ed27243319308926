package io.everwire.conformance.guide;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.Host;
import io.everwire.SocketIoServer;
import io.everwire.conformance.clients.Agent;
import io.everwire.examples.guide.Site;
import io.everwire.netty.NettyHost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/guide/files.md}, with Chromium and an HTTP client. */
class FilesGuideTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final HttpClient client = HttpClient.newHttpClient();

    private HttpResponse<String> send(Host host, HttpRequest.Builder request, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + host.address().getPort() + path);
        return client.send(request.uri(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(Host host, String path) throws Exception {
        return send(host, HttpRequest.newBuilder().header("Accept", "text/html"), path);
    }

    @Test
    void aPageOfThePortUsesItsClient(@TempDir Path folder) throws Exception {
        String page = Files.readString(Agent.ROOT.resolve("conformance/js/guide/hello.html"))
                .replace("http://localhost:8080/socket.io", "/socket.io")
                .replace("io('http://localhost:8080')", "io()");
        Files.writeString(folder.resolve("index.html"), page);
        try (Agent agent = new Agent();
                SocketIoServer server = Site.page(
                        0,
                        folder,
                        created -> created.on("say", String.class, (socket, text) -> created.emit("said", text)))) {
            String url = "http://127.0.0.1:" + server.host().address().getPort();
            agent.order("page", "site", "url", url);
            agent.order(
                    "waitFor", "site", "script", "document.querySelector('li')?.textContent === 'hello from a page'");
            agent.order("closePage", "site");
        }
    }

    @Test
    void routes() throws Exception {
        try (SocketIoServer server = SocketIoServer.create()) {
            Host host = server.bind(ANY, Site.routes());
            assertThat(get(host, "/health").body()).isEqualTo("ok");
            HttpRequest.Builder post = HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString("\"a\""));
            assertThat(send(host, post, "/greet").body()).isEqualTo("{\"hello\":\"a\"}");
            assertThat(get(host, "/api/none").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void anApplicationOfOnePage(@TempDir Path folder) throws Exception {
        write(folder.resolve("public/index.html"), "<p>app</p>");
        write(folder.resolve("assets/app.js"), "let a;");
        try (URLClassLoader loader =
                        new URLClassLoader(new URL[] {folder.toUri().toURL()}, null);
                SocketIoServer server = SocketIoServer.create()) {
            NettyHost settings = Site.app(loader);
            Host host = server.bind(ANY, settings);
            assertThat(get(host, "/users/7").body()).isEqualTo("<p>app</p>");
            assertThat(get(host, "/").headers().firstValue("Content-Security-Policy"))
                    .hasValue("default-src 'self'");
            assertThat(get(host, "/assets/app.js").headers().firstValue("Cache-Control"))
                    .hasValue("public, max-age=31536000");
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, text.getBytes(UTF_8));
    }
}
