package io.everwire.benchmarks.load;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The clients of one load: connects a limited number at a time, and records a failure. On the event loop, except
 * where noted.
 */
final class ClientGroup {
    /** The number of clients that connect at the same time. */
    private static final int AT_ONCE = 64;

    private final Clients clients;
    private final int port;
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private final CompletableFuture<Void> allReady = new CompletableFuture<>();
    private final Deque<Supplier<WebSocketPeer>> waiting = new ArrayDeque<>();
    private final List<WebSocketPeer> peers = new ArrayList<>();
    private int missing;
    private boolean leaving;

    ClientGroup(Clients clients, int port) {
        this.clients = clients;
        this.port = port;
        failure.exceptionally(why -> {
            allReady.completeExceptionally(why);
            return null;
        });
    }

    Clients clients() {
        return clients;
    }

    int port() {
        return port;
    }

    CompletableFuture<Void> failure() {
        return failure;
    }

    /** Connects all clients; returns when all are ready. Not on the event loop. */
    void open(List<Supplier<WebSocketPeer>> all) {
        clients.ask(() -> {
            waiting.addAll(all);
            missing = all.size();
            for (int i = 0; i < AT_ONCE; i++) {
                next();
            }
            return missing;
        });
        Clients.await(allReady);
    }

    private void next() {
        Supplier<WebSocketPeer> peer = waiting.poll();
        if (peer != null) {
            WebSocketPeer made = peer.get();
            peers.add(made);
            String first = made.first();
            if (first == null) {
                clients.connect(port, made, failure);
            } else {
                askFirst(first, made);
            }
        }
    }

    private void askFirst(String first, WebSocketPeer made) {
        HttpPeer http = new HttpPeer(() -> ended("handshake"));
        clients.connect(port, http, failure);
        http.ask(HttpPeer.get(first), answer -> {
            http.close();
            made.firstAnswered(answer);
            clients.connect(port, made, failure);
        });
    }

    /** Called when a client is ready. */
    void ready() {
        missing--;
        if (missing == 0) {
            allReady.complete(null);
        }
        next();
    }

    /** Called when a client has lost its connection. */
    void ended(String who) {
        if (!leaving) {
            failure.completeExceptionally(new IllegalStateException("a connection ended: " + who));
        }
    }

    /** Disconnects all clients; returns when the server has closed their connections. Not on the event loop. */
    void close() {
        Clients.await(clients.ask(() -> {
            leaving = true;
            peers.forEach(WebSocketPeer::close);
            return CompletableFuture.allOf(
                    peers.stream().map(WebSocketPeer::gone).toArray(CompletableFuture[]::new));
        }));
    }

    /** @throws IllegalStateException if a client has failed */
    void check() {
        if (failure.isCompletedExceptionally()) {
            Clients.await(failure);
        }
    }
}
