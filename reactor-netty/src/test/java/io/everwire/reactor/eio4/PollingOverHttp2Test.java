package io.everwire.reactor.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.CloseReason;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.reactor.ReactorNetty;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;

/** A client that polls over HTTP/2 without TLS: each poll and each POST is a stream of one connection. */
@Timeout(60)
class PollingOverHttp2Test {
    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

    private final SocketIoServer server =
            SocketIoServer.create(ServerOptions.builder().build());
    private final DisposableServer port = ReactorNetty.attach(
                    HttpServer.create().host("127.0.0.1").port(0).protocol(HttpProtocol.HTTP11, HttpProtocol.H2C),
                    server)
            .bindNow();
    private final PriorKnowledgeClient client = new PriorKnowledgeClient(port.port());

    @AfterEach
    void close() {
        server.close();
        port.disposeNow();
    }

    @Test
    void eventsInBothDirections() throws Exception {
        server.on("echo", String.class, (socket, text) -> socket.emit("echoed", text));
        String session = join();
        CompletableFuture<String> waiting = client.getLater(session);

        assertThat(client.post(session, "42[\"echo\",\"over h2\"]")).isEqualTo("ok");

        assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo("42[\"echoed\",\"over h2\"]");
    }

    @Test
    void aClosingServerAnswersAWaitingPoll() throws Exception {
        CompletableFuture<CloseReason> disconnected = new CompletableFuture<>();
        server.onConnection(socket -> socket.onDisconnect(disconnected::complete));
        String session = join();
        CompletableFuture<String> waiting = client.getLater(session);
        // Sent after the poll on the same connection: the poll waits at the server.
        assertThat(client.post(session, "42[\"seen\"]")).isEqualTo("ok");

        server.closeAsync();

        assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo("1");
        assertThat(disconnected.get(30, TimeUnit.SECONDS)).isEqualTo(CloseReason.SERVER_SHUTTING_DOWN);
    }

    private String join() {
        String open = client.get(POLLING);
        assertThat(open).startsWith("0{\"sid\":");
        String session = POLLING + "&sid=" + open.split("\"", -1)[3];
        assertThat(client.post(session, "40")).isEqualTo("ok");
        assertThat(client.get(session)).startsWith("40{\"sid\"");
        return session;
    }
}
