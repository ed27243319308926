package io.everwire.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.netty.NettyOptions;
import io.everwire.testkit.host.EchoServer;
import io.everwire.testkit.host.TestTls;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.netty.DisposableServer;

/** TLS for HTTP/1.1 alone: the pipeline has its codec from the beginning. */
@Timeout(60)
class TlsWithoutAlpnTest {
    @Test
    void requestsAndWebSockets(@TempDir Path folder) throws Exception {
        TestTls tls = TestTls.create(folder);
        EchoServer echo = new EchoServer();
        DisposableServer port = ReactorTls.http11(EchoPort.create(echo, NettyOptions.DEFAULTS, 0), tls)
                .bindNow();
        try {
            HttpClient client =
                    HttpClient.newBuilder().sslContext(tls.trusting()).build();
            String address = "localhost:" + port.port();
            HttpRequest request = HttpRequest.newBuilder(URI.create("https://" + address + "/echo/head"))
                    .build();
            assertThat(client.send(request, BodyHandlers.ofString()).body()).contains("secure true");
            Received received = new Received();
            WebSocket socket = client.newWebSocketBuilder()
                    .buildAsync(URI.create("wss://" + address + "/echo/ws"), received)
                    .get(30, TimeUnit.SECONDS);
            assertThat(received.texts.poll(30, TimeUnit.SECONDS)).startsWith("sid ");
            socket.sendText("hello", true).get(30, TimeUnit.SECONDS);
            assertThat(received.texts.poll(30, TimeUnit.SECONDS)).isEqualTo("hello");
            socket.abort();
        } finally {
            port.disposeNow();
        }
    }

    private static final class Received implements WebSocket.Listener {
        final BlockingQueue<String> texts = new LinkedBlockingQueue<>();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            texts.add(data.toString());
            webSocket.request(1);
            return null;
        }
    }
}
