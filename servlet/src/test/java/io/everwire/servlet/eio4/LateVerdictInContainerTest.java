package io.everwire.servlet.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.Host;
import io.everwire.RefusedException;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.servlet.ServletOptions;
import io.everwire.servlet.SocketIoFilter;
import io.everwire.servlet.TestContainer;
import io.everwire.servlet.TestContainer.Application;
import io.everwire.testkit.host.RawPeer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An {@code allowRequest} that decides after the filter has received the request. */
@Timeout(120)
class LateVerdictInContainerTest {
    private static final int WAITING = 2;
    private static final String PATH = "GET /socket.io/?EIO=4&transport=";
    private static final String POLLING = PATH + "polling HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String WEBSOCKET = PATH + "websocket HTTP/1.1\r\n" + RawPeer.upgrade(13) + "\r\n";

    private final BlockingQueue<CompletableFuture<Void>> asked = new LinkedBlockingQueue<>();
    private final List<RawPeer> peers = new ArrayList<>();
    private final SocketIoServer server = SocketIoServer.create(ServerOptions.builder()
            .noClientFiles()
            .allowRequestAsync(request -> {
                CompletableFuture<Void> verdict = new CompletableFuture<>();
                asked.add(verdict);
                return verdict;
            })
            .build());
    private Host host = null;

    @BeforeEach
    void start() throws Exception {
        ServletOptions options =
                ServletOptions.builder().maxWaitingThreads(WAITING).build();
        host = TestContainer.installed()
                .start(new Application().threads(8).filter("socket.io", SocketIoFilter.create(server, options)));
    }

    @AfterEach
    void stop() throws Exception {
        for (RawPeer peer : peers) {
            peer.close();
        }
        server.close();
        if (host != null) {
            host.close().get(60, TimeUnit.SECONDS);
        }
    }

    private RawPeer send(String request) throws IOException {
        RawPeer peer = RawPeer.open(host.address());
        peers.add(peer);
        return peer.send(request);
    }

    private CompletableFuture<Void> next() throws InterruptedException {
        CompletableFuture<Void> verdict = asked.poll(60, TimeUnit.SECONDS);
        assertThat(verdict).isNotNull();
        return verdict;
    }

    @Test
    @DisplayName("a request is accepted or rejected later, for polling and for a WebSocket")
    void later() throws Exception {
        RawPeer polling = send(POLLING);
        next().complete(null);
        assertThat(polling.answer()).startsWith("HTTP/1.1 200").contains("\r\n\r\n0{");
        RawPeer webSocket = send(WEBSOCKET);
        next().complete(null);
        assertThat(webSocket.answer()).startsWith("HTTP/1.1 101");
        assertThat(webSocket.message()).startsWith("0{");
        assertThat(webSocket.text("40").message()).startsWith("40{");
        for (String request : List.of(POLLING, WEBSOCKET)) {
            RawPeer rejected = send(request);
            next().completeExceptionally(new RefusedException("not today"));
            String status = request.equals(POLLING) ? "HTTP/1.1 403" : "HTTP/1.1 400";
            assertThat(rejected.answer()).startsWith(status).contains("not today");
        }
    }

    @Test
    @DisplayName("more polls than threads wait for a verdict, and more WebSockets than maxWaitingThreads are rejected")
    void many() throws Exception {
        List<RawPeer> polling = new ArrayList<>();
        List<CompletableFuture<Void>> verdicts = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            polling.add(send(POLLING));
            verdicts.add(next());
        }
        List<CompletableFuture<String>> webSockets = new ArrayList<>();
        for (int i = 0; i < WAITING + 1; i++) {
            webSockets.add(answerLater(send(WEBSOCKET)));
            verdicts.add(next());
        }
        // Any of them: allowRequest is called before the container's thread begins to wait for its verdict.
        CompletableFuture<Object> first = CompletableFuture.anyOf(webSockets.toArray(CompletableFuture[]::new));
        assertThat(first.get(60, TimeUnit.SECONDS)).isEqualTo("HTTP/1.1 503");
        verdicts.forEach(verdict -> verdict.complete(null));
        for (RawPeer peer : polling) {
            assertThat(peer.answer()).startsWith("HTTP/1.1 200");
        }
        assertThat(webSockets)
                .extracting(answer -> answer.get(60, TimeUnit.SECONDS))
                .containsExactlyInAnyOrder("HTTP/1.1 503", "HTTP/1.1 101", "HTTP/1.1 101");
    }

    /** Reads the answer on another thread, and returns its version and status. */
    private static CompletableFuture<String> answerLater(RawPeer peer) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return peer.answer().substring(0, "HTTP/1.1 200".length());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                task -> new Thread(task, "answer").start());
    }

    @Test
    @DisplayName("a peer that leaves before the verdict harms nobody")
    void left() throws Exception {
        for (String request : List.of(POLLING, WEBSOCKET)) {
            RawPeer gone = send(request);
            CompletableFuture<Void> verdict = next();
            gone.close();
            verdict.complete(null);
        }
        RawPeer peer = send(POLLING);
        next().complete(null);
        assertThat(peer.answer()).startsWith("HTTP/1.1 200");
    }
}
