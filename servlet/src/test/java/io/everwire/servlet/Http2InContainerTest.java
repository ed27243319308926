package io.everwire.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.Host;
import io.everwire.engine.EngineSession;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.testkit.host.EchoServer;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests over HTTP/2 with TLS: each is a stream of one connection. */
@Tag("once")
@Timeout(120)
class Http2InContainerTest {
    /** The number of streams of a connection that each container accepts by default. */
    private static final int PARKED = 100;

    private final EchoServer echo = new EchoServer();
    private final Set<Integer> clientPorts = ConcurrentHashMap.newKeySet();

    private @Nullable Host host;

    @SuppressWarnings("NullAway.Init") // Set before each test.
    private HttpClient client;

    @BeforeEach
    void open() throws Exception {
        Filter connections = (request, response, chain) -> {
            clientPorts.add(((HttpServletRequest) request).getRemotePort());
            chain.doFilter(request, response);
        };
        host = TestContainer.installed()
                .start(EchoApplication.of(echo)
                        .tls(ContainerTls.shared())
                        .threads(8)
                        .filter("connections", connections)
                        .filter("socket.io", SocketIoFilter.create(echo.engine(), ServletOptions.DEFAULTS)));
        client = newClient();
    }

    @AfterEach
    void close() throws Exception {
        if (host != null) {
            host.close().get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    @DisplayName("a request over HTTP/2 reaches the session with its head")
    void head() throws Exception {
        HttpResponse<String> response = get("/echo/head?a=%2F");

        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(response.statusCode()).isEqualTo(200);
        // Jetty adds a charset.
        assertThat(response.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
        assertThat(response.headers().firstValue("connection")).isEmpty();
        assertThat(response.body())
                .startsWith("GET /echo/head?a=%2F\n")
                .endsWith("upgrade false secure true host localhost:"
                        + Objects.requireNonNull(host).address().getPort());
    }

    @Test
    @DisplayName("the application has the other requests over HTTP/2")
    void application() throws Exception {
        assertThat(get("/app/hello").body()).isEqualTo("hello");
        assertThat(get("/echo/unknown").statusCode()).isEqualTo(404);
        assertThat(post("/app/echo", "body").body()).isEqualTo("body");
    }

    @Test
    @DisplayName("bodies over HTTP/2 are read, and limited; the connection remains usable")
    void bodies() throws Exception {
        assertThat(post("/echo/body?100000", "x".repeat(90_000)).body()).isEqualTo("x".repeat(90_000));
        HttpResponse<String> tooLarge = post("/echo/body?10", "x".repeat(20));
        assertThat(tooLarge.statusCode()).isEqualTo(413);
        assertThat(get("/echo/ignore").body()).isEqualTo("ignored");
        assertThat(clientPorts).hasSize(1);
    }

    @Test
    @DisplayName("large responses and streams over HTTP/2")
    void largeAnswersAndStreams() throws Exception {
        assertThat(get("/echo/large?3000000").body()).hasSize(3_000_000);
        assertThat(echo.session()).isNotNull();
        CompletableFuture<HttpResponse<InputStream>> begun =
                client.sendAsync(request("/echo/stream?begin").build(), BodyHandlers.ofInputStream());
        InputStream body = begun.get(30, TimeUnit.SECONDS).body();
        assertThat(body.readNBytes(5)).asString().isEqualTo("begin");
        assertThat(echo.event()).isEqualTo("streaming");
        EngineSession session = echo.session();
        session.send(Encoded.text(Bytes.utf8("piece")));
        assertThat(body.readNBytes(5)).asString().isEqualTo("piece");
        session.send(new Encoded(Bytes.utf8("end"), List.of(), true));
        assertThat(body.readAllBytes()).asString().isEqualTo("end");
    }

    @Test
    @DisplayName(
            "100 polls wait on the streams of one connection, hold none of 8 threads, and are answered in any order")
    void parked() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> polls = new ArrayList<>();
        List<EngineSession> sessions = new ArrayList<>();
        for (int i = 0; i < PARKED; i++) {
            polls.add(client.sendAsync(request("/echo/hold?" + i).build(), BodyHandlers.ofString()));
            assertThat(echo.event()).isEqualTo("held /echo/hold?" + i);
            sessions.add(echo.session());
        }
        assertThat(clientPorts).hasSize(1);
        // The streams of the connection are in use: another client has another connection.
        HttpRequest hello = request("/app/hello").build();
        assertThat(newClient().send(hello, BodyHandlers.ofString()).body()).isEqualTo("hello");

        for (int i = PARKED - 1; i >= 0; i--) {
            sessions.get(i).send(Encoded.text(Bytes.utf8("answer " + i)));
        }

        Set<String> answers = new HashSet<>();
        for (int i = 0; i < PARKED; i++) {
            HttpResponse<String> answer = polls.get(i).get(30, TimeUnit.SECONDS);
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(answer.body()).isEqualTo("answer " + i);
            answers.add(answer.body());
        }
        assertThat(answers).hasSize(PARKED);
        assertThat(get("/echo/ignore").body()).isEqualTo("ignored");
    }

    @Test
    @DisplayName("a stream that the client cancels harms no request after it")
    void cancelled() throws Exception {
        CompletableFuture<HttpResponse<String>> poll =
                client.sendAsync(request("/echo/hold?1").build(), BodyHandlers.ofString());
        assertThat(echo.event()).isEqualTo("held /echo/hold?1");
        EngineSession session = echo.session();

        poll.cancel(true);
        // The container has received the end of the stream before this request.
        assertThat(getAgain("/echo/ignore")).isEqualTo("ignored");
        session.send(Encoded.text(Bytes.utf8("too late")));

        assertThat(get("/echo/ignore").body()).isEqualTo("ignored");
        assertThat(get("/app/hello").body()).isEqualTo("hello");
    }

    /** As {@link #get}, once more after GOAWAY: Tomcat may close a connection whose client cancels, and clients open another. */
    private String getAgain(String target) throws Exception {
        try {
            return get(target).body();
        } catch (IOException closed) {
            assertThat(closed).hasMessageContaining("GOAWAY");
            return get(target).body();
        }
    }

    private static HttpClient newClient() throws Exception {
        return HttpClient.newBuilder()
                .sslContext(ContainerTls.shared().trusting())
                .build();
    }

    private HttpResponse<String> get(String target) throws Exception {
        return client.send(request(target).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String target, String body) throws Exception {
        return client.send(request(target).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create(
                "https://localhost:" + Objects.requireNonNull(host).address().getPort() + target));
    }
}
