package io.everwire;

import io.everwire.adapter.Adapter;
import io.everwire.adapter.BroadcastOptions;
import io.everwire.protocol.Packet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Chooses sockets of a namespace and sends to them. Immutable: each choice returns another operator, which may be kept and
 * shared. Without a room it means every socket; with several, each socket in any of them, once.
 */
public final class BroadcastOperator {
    /** One, or all of a family at the moment of asking. */
    private final Supplier<? extends Collection<Namespace>> namespaces;

    private final SocketIoServer server;
    private final BroadcastOptions options;
    private final Duration timeout;

    private BroadcastOperator(BroadcastOperator from, BroadcastOptions options, Duration timeout) {
        this.server = from.server;
        this.namespaces = from.namespaces;
        this.options = options;
        this.timeout = timeout;
    }

    /** Chooses everybody. */
    BroadcastOperator(SocketIoServer server, Supplier<? extends Collection<Namespace>> namespaces) {
        this.server = server;
        this.namespaces = namespaces;
        this.options = BroadcastOptions.EVERYBODY;
        this.timeout = server.options().ackTimeout();
    }

    /**
     * Those in these rooms as well. A socket's id is a room with this one socket.
     *
     * @throws IllegalArgumentException if no room is named: a list that was computed and is empty does not become everybody
     */
    public BroadcastOperator to(String... rooms) {
        return with(options.to(Preconditions.rooms(rooms)));
    }

    /** The same as {@link #to}. */
    public BroadcastOperator in(String... rooms) {
        return to(rooms);
    }

    /** But nobody who is in one of these rooms; of none, nobody is left out. */
    public BroadcastOperator except(String... rooms) {
        return with(options.except(List.of(rooms)));
    }

    /** Only those of this server, in a cluster. */
    public BroadcastOperator local() {
        return with(options.onlyLocal());
    }

    /** For what is not worth waiting: dropped for whoever takes nothing at the moment; see {@link SocketOperator#asVolatile}. */
    public BroadcastOperator asVolatile() {
        return with(options.asVolatile());
    }

    /** Whether to compress what is sent, where the transport can. Default true. */
    public BroadcastOperator compress(boolean worthwhile) {
        return with(options.compress(worthwhile));
    }

    /** Sets how long calls wait. 1 ms to 1 day; default {@link ServerOptions#ackTimeout}. */
    public BroadcastOperator timeout(Duration wait) {
        Preconditions.time("timeout", wait);
        return new BroadcastOperator(this, options, wait);
    }

    /**
     * Sends an event. What becomes JSON is written once, and what is sent once for each wire generation; neither if it is certain
     * that nobody is there.
     *
     * @throws IllegalArgumentException if the name is reserved
     * @throws io.everwire.json.JsonException if an argument cannot be written as JSON
     */
    public void emit(String event, @Nullable Object... args) {
        EventHandlers.checked(event);
        for (Namespace namespace : namespaces.get()) {
            Adapter adapter = namespace.adapter();
            if (adapter.reaches(options)) {
                adapter.broadcast(server.outgoing().event(namespace.name(), Packet.NO_ACK, event, args), options);
            }
        }
    }

    /** Sends a message: the event {@code message} to those who know events, a plain message to the others. */
    public void send(@Nullable Object message) {
        for (Namespace namespace : namespaces.get()) {
            Adapter adapter = namespace.adapter();
            if (adapter.reaches(options)) {
                adapter.broadcast(server.outgoing().message(namespace.name(), message), options);
            }
        }
    }

    /** Sends an event and expects an answer of everybody; see {@link #call(String, TypeToken, Object...)}. */
    public <T> CompletableFuture<AckResponses<T>> call(String event, Class<T> answer, @Nullable Object... args) {
        return call(event, TypeToken.of(answer), args);
    }

    /**
     * Sends an event and expects an answer of everybody it is sent to. Volatile does not apply.
     *
     * @param answer what to make of the first argument of each answer
     * @return who answered and who did not, as soon as all have or the timeout is over; at once if there is nobody. Completed
     *     on a thread that may be blocked, except in {@link HandlerMode#EVENT_LOOP}
     * @throws IllegalArgumentException if the name is reserved
     * @throws io.everwire.json.JsonException if an argument cannot be written as JSON
     */
    public <T> CompletableFuture<AckResponses<T>> call(String event, TypeToken<T> answer, @Nullable Object... args) {
        EventHandlers.checked(event);
        AckResponses.Collector collector =
                new AckResponses.Collector(server.outgoing().codec());
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (Namespace namespace : namespaces.get()) {
            Packet.Event packet = server.outgoing().event(namespace.name(), Packet.NO_ACK, event, args);
            all.add(namespace
                    .adapter()
                    .broadcastWithAck(packet, options, timeout.toMillis(), collector)
                    .toCompletableFuture());
        }
        CompletableFuture<AckResponses<T>> answers = new CompletableFuture<>();
        CompletionStage<Void> heard = CompletableFuture.allOf(all.toArray(new CompletableFuture<?>[0]));
        heard.whenComplete((done, failure) -> {
            if (failure == null) {
                server.aside(() -> answers.complete(collector.as(answer)));
            } else {
                server.aside(() -> answers.completeExceptionally(NamespaceConnect.cause(failure)));
            }
        });
        return answers;
    }

    /** Has the sockets join rooms. */
    public void socketsJoin(String... rooms) {
        namespaces.get().forEach(namespace -> namespace.adapter().addSockets(options, List.of(rooms)));
    }

    /** Has the sockets leave rooms. */
    public void socketsLeave(String... rooms) {
        namespaces.get().forEach(namespace -> namespace.adapter().delSockets(options, List.of(rooms)));
    }

    /** Disconnects the sockets from the namespace. */
    public void disconnectSockets() {
        disconnectSockets(false);
    }

    /** Disconnects the sockets from the namespace, or with {@code close} their clients from everything. */
    public void disconnectSockets(boolean close) {
        namespaces.get().forEach(namespace -> namespace.adapter().disconnectSockets(options, close));
    }

    /** The sockets that are chosen, on whatever server they are. */
    public CompletableFuture<List<RemoteSocket>> fetchSockets() {
        CompletableFuture<List<RemoteSocket>> all = CompletableFuture.completedFuture(List.of());
        for (Namespace namespace : namespaces.get()) {
            CompletionStage<List<RemoteSocket>> some = namespace
                    .adapter()
                    .fetchSockets(options)
                    .thenApply(found -> found.stream()
                            .map(details -> new RemoteSocket(namespace, details))
                            .toList());
            all = all.thenCombine(some, BroadcastOperator::concat);
        }
        return all;
    }

    /** The sockets of this server that are chosen; a snapshot. */
    public Collection<Socket> sockets() {
        return namespaces.get().stream()
                .flatMap(namespace -> namespace.adapter().select(options).stream())
                .map(Socket.class::cast)
                .collect(Collectors.toList());
    }

    private BroadcastOperator with(BroadcastOptions changed) {
        return new BroadcastOperator(this, changed, timeout);
    }

    private static List<RemoteSocket> concat(List<RemoteSocket> first, List<RemoteSocket> second) {
        List<RemoteSocket> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }
}
