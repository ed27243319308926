package io.everwire.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.conformance.clients.Agent;
import io.everwire.examples.guide.Proxied;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A5: pages of the server's own origin, behind proxies that change the {@code Host}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProxiedOriginsTest {
    private static final String FOREIGN = "http://127.0.0.1:1";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Agent agent = new Agent();
    private final SocketIoServer plain = server(ServerOptions.builder().build());
    private final SocketIoServer trusting = server(Proxied.options());
    private final Map<Way, Integer> ports = new LinkedHashMap<>();
    private Nginx nginx;
    private Apache apache;

    /**
     * A configuration of a proxy.
     *
     * @param lines in the place of the line for the host in the configuration of the documentation
     * @param trusted whether the server trusts the proxy
     * @param admitted whether pages of the origin of the proxy are admitted
     */
    private record Way(String proxy, String lines, boolean trusted, boolean admitted) {
        @Override
        public String toString() {
            return proxy + (trusted ? ", trusted: " : ": ") + (lines.isEmpty() ? "its default" : lines);
        }
    }

    static List<Way> ways() {
        return List.of(
                nginx(false, true, "Host $http_host"),
                nginx(false, false),
                nginx(false, false, "Host $host"),
                nginx(false, false, "X-Forwarded-Host $http_host"),
                nginx(true, false),
                nginx(true, false, "Host $host"),
                nginx(true, true, "X-Forwarded-Host $http_host"),
                nginx(true, true, "Host $host", "X-Forwarded-Port $server_port"),
                nginx(true, true, "X-Forwarded-Host $host", "X-Forwarded-Port $server_port"),
                new Way("Apache", "ProxyPreserveHost On", false, true),
                new Way("Apache", "", false, false),
                new Way("Apache", "", true, true));
    }

    private static Way nginx(boolean trusted, boolean admitted, String... headers) {
        StringBuilder lines = new StringBuilder();
        for (String header : headers) {
            lines.append("proxy_set_header ").append(header).append("; ");
        }
        return new Way("nginx", lines.toString(), trusted, admitted);
    }

    static List<Way> admitted() {
        return ways().stream().filter(Way::admitted).toList();
    }

    private static SocketIoServer server(ServerOptions options) {
        SocketIoServer server =
                SocketIoServer.create(options.toBuilder().clientFiles("4.8.4").build());
        server.onMessage((socket, message) -> socket.send(message));
        return server;
    }

    @BeforeAll
    void start(@TempDir Path nginxFolder, @TempDir Path apacheFolder) throws Exception {
        int plainPort = Proxied.bind(plain, 0).address().getPort();
        int trustingPort = Proxied.bind(trusting, 0).address().getPort();
        StringBuilder nginxSites = new StringBuilder();
        StringBuilder apacheSites = new StringBuilder();
        Path nginxPages = pages(nginxFolder);
        Path apachePages = pages(apacheFolder);
        Iterator<Integer> free = Program.freePorts(ways().size()).iterator();
        for (Way way : ways()) {
            int port = free.next();
            int upstream = way.trusted() ? trustingPort : plainPort;
            ports.put(way, port);
            if (way.proxy().equals("nginx")) {
                nginxSites.append(Nginx.site(nginxPages, port, upstream, way.lines()));
            } else {
                apacheSites.append(Apache.site(apachePages, port, upstream, way.lines()));
            }
        }
        nginx = new Nginx(nginxFolder, nginxSites.toString(), port("nginx"));
        apache = new Apache(apacheFolder, apacheSites.toString(), port("Apache"));
    }

    private static Path pages(Path folder) throws Exception {
        Path pages = Files.createDirectory(folder.resolve("pages"));
        Files.writeString(pages.resolve("own.html"), """
                <!doctype html><meta charset="utf-8">
                <script src="/socket.io/socket.io.js"></script>
                <script>
                  const socket = io({ withCredentials: true });
                  socket.on('message', (text) => { document.title = text + ' ' + socket.io.engine.transport.name; });
                  socket.io.engine.on('upgrade', () => socket.send('hello'));
                </script>
                """);
        return pages;
    }

    private int port(String proxy) {
        return ports.entrySet().stream()
                .filter(each -> each.getKey().proxy().equals(proxy))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }

    @AfterAll
    void stop() throws Exception {
        plain.close();
        trusting.close();
        if (nginx != null) {
            nginx.close();
        }
        if (apache != null) {
            apache.close();
        }
        agent.close();
    }

    @ParameterizedTest
    @MethodSource("ways")
    @DisplayName("A5: pages of the own origin are admitted if the server knows it, pages of other origins never")
    void pages(Way way) throws Exception {
        assertThat(status(way, url(way))).isEqualTo(way.admitted() ? 200 : 403);
        assertThat(status(way, FOREIGN)).isEqualTo(403);
        assertThat(status(way, FOREIGN, "X-Forwarded-Host", "127.0.0.1:2")).isEqualTo(403);
    }

    @ParameterizedTest
    @MethodSource("admitted")
    @DisplayName("A5: a page of the own origin polls, and upgrades to a WebSocket")
    void aPageInABrowser(Way way) {
        String name = way.toString();
        agent.order("page", name, "url", url(way) + "/own.html");
        agent.order("waitFor", name, "script", "document.title === 'hello websocket'");
        agent.order("closePage", name);
    }

    private String url(Way way) {
        return "http://127.0.0.1:" + ports.get(way);
    }

    private int status(Way way, String origin, String... header) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(url(way) + "/socket.io/?EIO=4&transport=polling"))
                .timeout(Duration.ofSeconds(60))
                .header("Origin", origin);
        if (header.length > 0) {
            request.headers(header);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
