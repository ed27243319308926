package io.everwire.benchmarks.chaos;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client that notes the numbered events of all servers. */
@SuppressWarnings("FutureReturnValueIgnored") // A failure shows as a missing event.
final class Listener implements WebSocket.Listener, AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();
    private static final long PATIENCE_SECONDS = 60;

    /** An event: its number, the microseconds when it was sent, and the nanoseconds when it arrived. */
    record Arrival(String sender, long number, long sentMicros, long nanos, long micros) {}

    private final CompletableFuture<Void> joined = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private final List<Arrival> arrivals = new ArrayList<>();
    private final Set<String> others = new HashSet<>();
    private @Nullable CompletableFuture<Void> acked;
    private @Nullable WebSocket socket;

    private Listener() {}

    /** Connects to a server, and joins a room if it is not empty. */
    static Listener connect(int port, String room) {
        Listener listener = new Listener();
        URI uri = URI.create("ws://127.0.0.1:" + port + "/socket.io/?EIO=4&transport=websocket&join=" + room);
        listener.socket = await(HTTP.newWebSocketBuilder().buildAsync(uri, listener));
        listener.say("40");
        await(listener.joined);
        return listener;
    }

    private static <T> T await(CompletableFuture<T> future) {
        return future.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    private void say(String message) {
        WebSocket open = socket;
        if (open != null) {
            open.sendText(message, true).join();
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            receive(text.toString());
            text.setLength(0);
        }
        from.request(1);
        return CompletableFuture.completedFuture(null);
    }

    private void receive(String message) {
        long nanos = System.nanoTime();
        long micros = System.currentTimeMillis() * 1_000;
        if (message.equals("2")) {
            CompletableFuture.runAsync(() -> say("3"));
        } else if (message.startsWith("40")) {
            joined.complete(null);
        } else if (message.startsWith("42[\"tick\"")) {
            JsonNode event = JSON.readTree(message.substring(2));
            Arrival arrival = new Arrival(
                    event.get(1).asString(), event.get(2).asLong(), event.get(3).asLong(), nanos, micros);
            synchronized (this) {
                arrivals.add(arrival);
            }
        } else if (message.startsWith("42")) {
            synchronized (this) {
                others.add(JSON.readTree(message.substring(2)).get(0).asString());
            }
        } else if (message.startsWith("43")) {
            CompletableFuture<Void> waiting;
            synchronized (this) {
                waiting = acked;
            }
            if (waiting != null) {
                waiting.complete(null);
            }
        }
    }

    /** Joins a room; returns when the server says so. */
    void join(String room) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        synchronized (this) {
            acked = done;
        }
        say("421[\"join\",\"" + room + "\"]");
        await(done);
    }

    /** Returns the events of a server since the last call of {@link #forget}. */
    synchronized List<Arrival> of(String sender) {
        return arrivals.stream()
                .filter(arrival -> arrival.sender().equals(sender))
                .toList();
    }

    /** Returns the names of other events. */
    synchronized Set<String> names() {
        return Set.copyOf(others);
    }

    synchronized void forget() {
        arrivals.clear();
    }

    @Override
    public void close() {
        WebSocket open = socket;
        if (open != null) {
            open.abort();
        }
    }
}
