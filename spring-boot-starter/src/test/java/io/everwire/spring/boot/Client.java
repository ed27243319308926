package io.everwire.spring.boot;

import io.socket.client.AckWithTimeout;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The official Java client of Socket.IO 4. */
final class Client implements AutoCloseable {
    private static final long DEADLINE_SECONDS = 60;

    private final Socket socket;
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private final CompletableFuture<String> disconnected = new CompletableFuture<>();
    private final BlockingQueue<List<Object>> events = new LinkedBlockingQueue<>();

    private Client(Socket socket) {
        this.socket = socket;
    }

    /**
     * Connects to a namespace.
     *
     * @param transport {@code polling} or {@code websocket}
     * @param events the events that {@link #next} returns
     */
    static Client connect(String url, String transport, Map<String, String> headers, String... events) {
        Client client = open(url, transport, headers, events);
        client.connected.orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS).join();
        return client;
    }

    /** Connects with {@code auth} data. */
    static Client connectWith(String url, String transport, Map<String, String> auth) {
        Client client = open(url, transport, Map.of(), auth);
        client.connected().join();
        return client;
    }

    /** Begins to connect. */
    static Client open(String url, String transport, Map<String, String> headers, String... events) {
        return open(url, transport, headers, Map.of(), events);
    }

    private static Client open(
            String url, String transport, Map<String, String> headers, Map<String, String> auth, String... events) {
        IO.Options options = new IO.Options();
        options.forceNew = true;
        options.reconnection = false;
        options.auth = auth;
        options.transports = new String[] {transport};
        options.extraHeaders = new java.util.HashMap<>();
        headers.forEach((name, value) -> options.extraHeaders.put(name, List.of(value)));
        Client client = new Client(IO.socket(URI.create(url), options));
        client.socket
                .on(Socket.EVENT_CONNECT, args -> client.connected.complete(null))
                .on(
                        Socket.EVENT_CONNECT_ERROR,
                        args -> client.connected.completeExceptionally(
                                new IllegalStateException(String.valueOf(args[0]))))
                .on(Socket.EVENT_DISCONNECT, args -> client.disconnected.complete(String.valueOf(args[0])));
        for (String event : events) {
            client.socket.on(event, args -> {
                List<Object> all = new ArrayList<>(List.of(event));
                all.addAll(List.of(args));
                client.events.add(all);
            });
        }
        client.socket.connect();
        return client;
    }

    CompletableFuture<Void> connected() {
        return connected.orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    /** Waits until the client is disconnected and returns the reason. */
    String disconnected() {
        return disconnected.orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS).join();
    }

    /** Sends an event without asking for an ack. */
    void emit(String event, Object... args) {
        socket.emit(event, args);
    }

    /** Sends an event and returns the first value of its ack as text, JSON if it is no text. */
    String call(String event, Object... args) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        Object[] all = java.util.Arrays.copyOf(args, args.length + 1);
        all[args.length] = new AckWithTimeout(TimeUnit.SECONDS.toMillis(DEADLINE_SECONDS)) {
            @Override
            public void onSuccess(Object... values) {
                answer.complete(values.length == 0 ? "" : String.valueOf(values[0]));
            }

            @Override
            public void onTimeout() {
                answer.completeExceptionally(new IllegalStateException("no ack of " + event));
            }
        };
        socket.emit(event, all);
        return answer.join();
    }

    /** Returns the next event: its name and arguments. */
    List<Object> next() throws InterruptedException {
        List<Object> event = events.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("no event");
        }
        return event;
    }

    @Override
    public void close() {
        socket.close();
    }
}
