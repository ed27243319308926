package io.everwire.core;

import io.everwire.AckResponses;
import io.everwire.BroadcastOperator;
import io.everwire.RemoteSocket;
import io.everwire.RemoteSockets;
import io.everwire.Socket;
import io.everwire.TypeToken;
import io.everwire.adapter.Adapter;
import io.everwire.adapter.BroadcastOptions;
import io.everwire.adapter.FetchedSockets;
import io.everwire.adapter.SocketCount;
import io.everwire.adapter.SocketDetails;
import io.everwire.core.dispatch.EventHandlers;
import io.everwire.core.dispatch.Stages;
import io.everwire.engine.Engine;
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

/** Sends by the adapters of one namespace, or of all dynamic namespaces of a kind. */
final class CoreBroadcastOperator implements BroadcastOperator {
    /** Returns one namespace, or all dynamic namespaces that exist now. */
    private final Supplier<? extends Collection<CoreNamespace>> namespaces;

    private final ServerContext context;
    private final BroadcastOptions options;
    private final Duration timeout;

    /** Chooses every socket. */
    CoreBroadcastOperator(ServerContext context, Supplier<? extends Collection<CoreNamespace>> namespaces) {
        this(context, namespaces, BroadcastOptions.EVERYBODY, context.options().ackTimeout());
    }

    private CoreBroadcastOperator(
            ServerContext context,
            Supplier<? extends Collection<CoreNamespace>> namespaces,
            BroadcastOptions options,
            Duration timeout) {
        this.context = context;
        this.namespaces = namespaces;
        this.options = options;
        this.timeout = timeout;
    }

    private BroadcastOperator with(BroadcastOptions changed) {
        return new CoreBroadcastOperator(context, namespaces, changed, timeout);
    }

    @Override
    public BroadcastOperator to(Collection<String> rooms) {
        return with(options.to(Preconditions.rooms(rooms)));
    }

    @Override
    public BroadcastOperator except(Collection<String> rooms) {
        return with(options.except(rooms));
    }

    @Override
    public BroadcastOperator local() {
        return with(options.onlyLocal());
    }

    @Override
    public BroadcastOperator asVolatile() {
        return with(options.asVolatile());
    }

    @Override
    public BroadcastOperator asVolatile(String key) {
        return with(options.asVolatile(key));
    }

    @Override
    public BroadcastOperator compress(boolean compress) {
        return with(options.compress(compress));
    }

    @Override
    public BroadcastOperator timeout(Duration wait) {
        return new CoreBroadcastOperator(context, namespaces, options, Preconditions.timeout(wait));
    }

    @Override
    public void emit(String event, @Nullable Object... args) {
        EventHandlers.checked(event);
        for (CoreNamespace namespace : namespaces.get()) {
            Adapter adapter = namespace.adapter();
            if (adapter.reaches(options)) {
                pace();
                adapter.broadcast(context.packets().event(namespace.name(), Packet.NO_ACK, event, args), options);
            }
        }
    }

    @Override
    public void send(@Nullable Object message) {
        for (CoreNamespace namespace : namespaces.get()) {
            Adapter adapter = namespace.adapter();
            if (adapter.reaches(options)) {
                pace();
                adapter.broadcast(context.packets().message(namespace.name(), message), options);
            }
        }
    }

    @Override
    public <T> CompletableFuture<AckResponses<T>> call(String event, TypeToken<T> answer, @Nullable Object... args) {
        EventHandlers.checked(event);
        AckResponseCollector collector =
                new AckResponseCollector(context.packets().codec());
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (CoreNamespace namespace : namespaces.get()) {
            Packet.Event packet = context.packets().event(namespace.name(), Packet.NO_ACK, event, args);
            all.add(namespace
                    .adapter()
                    .broadcastWithAck(packet, options, timeout.toMillis(), collector)
                    .toCompletableFuture());
        }
        CompletableFuture<AckResponses<T>> responses = new CompletableFuture<>();
        CompletionStage<Void> collected = CompletableFuture.allOf(all.toArray(new CompletableFuture<?>[0]));
        collected.whenComplete((done, failure) -> context.executors().runOffLoop(() -> {
            if (failure == null) {
                responses.complete(collector.as(answer));
            } else {
                responses.completeExceptionally(Stages.cause(failure));
            }
        }));
        return responses;
    }

    @Override
    public void socketsJoin(Collection<String> rooms) {
        namespaces.get().forEach(namespace -> namespace.adapter().addSockets(options, rooms));
    }

    @Override
    public void socketsLeave(Collection<String> rooms) {
        namespaces.get().forEach(namespace -> namespace.adapter().delSockets(options, rooms));
    }

    @Override
    public void disconnectSockets(boolean close) {
        namespaces.get().forEach(namespace -> namespace.adapter().disconnectSockets(options, close));
    }

    @Override
    public CompletableFuture<List<RemoteSocket>> fetchSockets() {
        return fetchAvailableSockets().thenApply(found -> {
            if (!found.complete()) {
                throw new IllegalStateException(found.missing() + " servers of the cluster did not answer in time");
            }
            return found.sockets();
        });
    }

    @Override
    public CompletableFuture<RemoteSockets> fetchAvailableSockets() {
        CompletableFuture<RemoteSockets> all = CompletableFuture.completedFuture(new RemoteSockets(List.of(), 0));
        for (CoreNamespace namespace : namespaces.get()) {
            CompletionStage<RemoteSockets> some =
                    namespace.adapter().fetchSockets(options).thenApply(found -> remote(namespace, found));
            all = all.thenCombine(some, CoreBroadcastOperator::concat);
        }
        return all;
    }

    private RemoteSockets remote(CoreNamespace namespace, FetchedSockets found) {
        List<RemoteSocket> sockets = new ArrayList<>(found.sockets().size());
        for (SocketDetails details : found.sockets()) {
            sockets.add(
                    new CoreRemoteSocket(namespace, details, context.packets().codec()));
        }
        return new RemoteSockets(sockets, found.missing());
    }

    @Override
    public CompletableFuture<SocketCount> countSockets() {
        CompletableFuture<SocketCount> all = CompletableFuture.completedFuture(new SocketCount(0, 0));
        for (CoreNamespace namespace : namespaces.get()) {
            CompletionStage<SocketCount> some = namespace.adapter().countSockets(options);
            all = all.thenCombine(
                    some,
                    (one, other) -> new SocketCount(one.sockets() + other.sockets(), one.missing() + other.missing()));
        }
        return all;
    }

    @Override
    public Collection<Socket> sockets() {
        return namespaces.get().stream()
                .flatMap(namespace -> namespace.adapter().select(options).stream())
                .map(Socket.class::cast)
                .collect(Collectors.toList());
    }

    private void pace() {
        context.server().unwrap(Engine.class).pace();
    }

    private static RemoteSockets concat(RemoteSockets first, RemoteSockets second) {
        List<RemoteSocket> both = new ArrayList<>(first.sockets());
        both.addAll(second.sockets());
        return new RemoteSockets(both, first.missing() + second.missing());
    }
}
