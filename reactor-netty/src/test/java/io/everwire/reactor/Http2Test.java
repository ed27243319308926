package io.everwire.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.engine.EngineSession;
import io.everwire.netty.NettyOptions;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.testkit.host.EchoServer;
import io.everwire.testkit.host.TestTls;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;

/** Requests over HTTP/2 with TLS: each is a stream of one connection. */
@Timeout(60)
class Http2Test {
    private final EchoServer echo = new EchoServer();

    @SuppressWarnings("NullAway.Init") // Set before each test.
    private DisposableServer port;

    @SuppressWarnings("NullAway.Init") // Set before each test.
    private HttpClient client;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        TestTls tls = TestTls.create(folder);
        port = ReactorTls.alpn(
                        EchoPort.create(echo, NettyOptions.DEFAULTS, 0).protocol(HttpProtocol.HTTP11, HttpProtocol.H2),
                        tls)
                .bindNow();
        client = HttpClient.newBuilder().sslContext(tls.trusting()).build();
    }

    @AfterEach
    void close() {
        port.disposeNow();
    }

    @Test
    void aRequestReachesTheSessionWithItsHead() throws Exception {
        HttpResponse<String> response = get("/echo//head?a=%2F");

        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).hasValue("text/plain");
        assertThat(response.headers().firstValue("connection")).isEmpty();
        assertThat(response.body())
                .startsWith("GET /echo//head?a=%2F\n")
                .endsWith("upgrade false secure true host localhost:" + port.port());
    }

    @Test
    void theApplicationHasTheOtherRequests() throws Exception {
        assertThat(get("/app/hello").body()).isEqualTo("hello");
        assertThat(get("/echo/unknown").statusCode()).isEqualTo(404);
        assertThat(post("/app/echo", "body").body()).isEqualTo("body");
    }

    @Test
    void bodiesAreReadAndLimited() throws Exception {
        assertThat(post("/echo/body?100000", "x".repeat(90_000)).body()).isEqualTo("x".repeat(90_000));
        HttpResponse<String> tooLarge = post("/echo/body?10", "x".repeat(20));
        assertThat(tooLarge.statusCode()).isEqualTo(413);
        assertThat(get("/echo/ignore").body()).isEqualTo("ignored");
    }

    @Test
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
    void manyPollsWaitOnOneConnection() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> polls = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            polls.add(client.sendAsync(request("/echo/hold?" + i).build(), BodyHandlers.ofString()));
            assertThat(echo.event()).isEqualTo("held /echo/hold?" + i);
        }
        assertThat(get("/app/hello").body()).isEqualTo("hello");
        for (int i = 0; i < 50; i++) {
            echo.session().send(Encoded.text(Bytes.utf8("answer " + i)));
        }
        for (int i = 0; i < 50; i++) {
            assertThat(polls.get(i).get(30, TimeUnit.SECONDS).body()).isEqualTo("answer " + i);
        }
    }

    @Test
    void aSessionIsNotifiedThatItsStreamWasCancelled() throws Exception {
        CompletableFuture<HttpResponse<String>> poll =
                client.sendAsync(request("/echo/hold?1").build(), BodyHandlers.ofString());
        assertThat(echo.event()).isEqualTo("held /echo/hold?1");

        poll.cancel(true);

        assertThat(echo.event()).isEqualTo("gone /echo/hold?1");
        assertThat(get("/echo/ignore").body()).isEqualTo("ignored");
    }

    @Test
    void aDroppedRequestIsReset() throws Exception {
        CompletableFuture<HttpResponse<String>> dropped =
                client.sendAsync(request("/echo/drop").build(), BodyHandlers.ofString());

        assertThatThrownBy(() -> dropped.get(30, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        assertThat(get("/echo/ignore").body()).isEqualTo("ignored");
    }

    /** The client reads nothing of the stream: its window is full, and the server must not collect the pieces. */
    @Test
    void aStreamThatIsNotReadEndsBeforeItFillsTheMemory() throws Exception {
        client.sendAsync(request("/echo/stream?unread").build(), BodyHandlers.ofInputStream())
                .get(30, TimeUnit.SECONDS);
        assertThat(echo.event()).isEqualTo("streaming");
        EngineSession session = echo.session();
        Encoded piece = Encoded.text(Bytes.utf8("x".repeat(20_000)));
        for (int i = 0; i < 5_000; i++) {
            session.loop().execute(() -> session.send(piece));
        }
        assertThat(echo.event()).isEqualTo("gone /echo/stream?unread");
        assertThat(get("/echo/ignore").body()).isEqualTo("ignored");
    }

    private HttpResponse<String> get(String target) throws Exception {
        return client.send(request(target).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String target, String body) throws Exception {
        return client.send(request(target).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + port.port() + target));
    }
}
