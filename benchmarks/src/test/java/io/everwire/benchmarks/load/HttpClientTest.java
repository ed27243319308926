package io.everwire.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs against a server that closes each connection after a number of responses. */
@Timeout(60)
final class HttpClientTest {
    private final Clients clients = new Clients();
    private final AtomicInteger accepted = new AtomicInteger();
    private ServerSocket port;
    private ClientGroup group;
    private HttpClient client;

    @BeforeEach
    void listen() throws IOException {
        port = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        group = new ClientGroup(clients, port.getLocalPort());
        client = new HttpClient(group, clients.localAddress(), "client");
    }

    @AfterEach
    void close() throws IOException {
        clients.ask(() -> {
            client.close();
            return null;
        });
        clients.close();
        port.close();
    }

    @Test
    void keepsTheConnectionThatTheServerKeeps() {
        answers(10);

        assertThat(ask("a")).isEqualTo("GET /a HTTP/1.1");
        assertThat(ask("b")).isEqualTo("GET /b HTTP/1.1");
        assertThat(accepted).hasValue(1);
    }

    @Test
    void asksAgainWhereTheServerEndedTheConnection() {
        answers(1);

        assertThat(ask("a")).isEqualTo("GET /a HTTP/1.1");
        assertThat(ask("b")).isEqualTo("GET /b HTTP/1.1");
        assertThat(accepted).hasValue(2);
    }

    @Test
    void aServerThatAnswersNothingHasFailed() {
        answers(0);

        assertThatThrownBy(() -> ask("a")).hasMessageContaining("a connection ended: client");
        assertThat(accepted).hasValue(1);
    }

    @Test
    void readsResponsesInChunksAndWithoutContent() {
        server(socket -> {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            head(in);
            send(socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n");
            send(socket, "A\r\ncdefghij\r\n\r\n0\r\n\r\n");
            head(in);
            send(socket, "HTTP/1.1 204 No Content\r\n\r\n");
            head(in);
            send(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx");
        });

        assertThat(ask("a")).isEqualTo("abcdefghij\r\n");
        assertThat(ask("b")).isEmpty();
        assertThat(ask("c")).isEqualTo("x");
        assertThat(accepted).hasValue(1);
    }

    private String ask(String name) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        clients.ask(() -> {
            client.ask(HttpPeer.get("/" + name), answer::complete);
            return null;
        });
        CompletableFuture<Object> first = CompletableFuture.anyOf(answer, group.failure());
        return String.valueOf(Clients.await(first));
    }

    /** Answers with the first line of the request. */
    private void answers(int most) {
        server(socket -> {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            for (int i = 0; i <= most; i++) {
                String line = head(in);
                if (i < most && line != null) {
                    send(socket, "HTTP/1.1 200 OK\r\nContent-Length: " + line.length() + "\r\n\r\n" + line);
                }
            }
        });
    }

    private interface Connection {
        void serve(Socket socket) throws IOException;
    }

    /** Serves one connection after the other; the thread ends when the port is closed. */
    private void server(Connection connection) {
        Thread server = new Thread(() -> {
            while (!port.isClosed()) {
                try (Socket socket = port.accept()) {
                    accepted.incrementAndGet();
                    connection.serve(socket);
                } catch (IOException ended) {
                    // The client or the port is closed.
                }
            }
        });
        server.setDaemon(true);
        server.start();
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String head(BufferedReader in) throws IOException {
        String first = in.readLine();
        String line = first;
        while (line != null && !line.isEmpty()) {
            line = in.readLine();
        }
        return first;
    }
}
