package io.everwire.core;

import io.everwire.Ack;
import io.everwire.Arguments;
import io.everwire.BadArgumentsException;
import io.everwire.Registration;
import io.everwire.ServerResponses;
import io.everwire.ServerSideHandler;
import io.everwire.TypeToken;
import io.everwire.adapter.Adapter;
import io.everwire.adapter.ClusterReplies;
import io.everwire.adapter.RoomListener;
import io.everwire.core.dispatch.EventArguments;
import io.everwire.core.dispatch.InboundEvent;
import io.everwire.core.dispatch.Mailbox;
import io.everwire.core.dispatch.Registrations;
import io.everwire.core.dispatch.Stages;
import io.everwire.engine.RateLimitedLog;
import io.everwire.json.JsonCodec;
import io.everwire.protocol.Packet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Exchanges events of one namespace with the other servers of a cluster, and passes on changes of rooms. Any thread may use it. */
final class ClusterEvents implements RoomListener {
    private static final RateLimitedLog handlerFailed = new RateLimitedLog(ClusterEvents.class);
    private static final RateLimitedLog unwritable = new RateLimitedLog(ClusterEvents.class);

    /** Names that the Node server uses (socket.io 4.8, namespace.ts, RESERVED_EVENTS), beside those of sockets. */
    private static final Set<String> RESERVED = Set.of("connect", "connection", "new_namespace");

    private final ServerContext context;
    private final String namespace;
    private final Supplier<Adapter> adapter;
    private final @Nullable Mailbox mailbox;
    private final Map<String, List<ServerSideHandler>> handlers = new ConcurrentHashMap<>(0);
    private final List<RoomListener> rooms = new CopyOnWriteArrayList<>();

    /** @param adapter returns the adapter of the namespace, which is created later */
    ClusterEvents(ServerContext context, String namespace, Supplier<Adapter> adapter) {
        this.context = context;
        this.namespace = namespace;
        this.adapter = adapter;
        this.mailbox = context.executors().mailbox();
    }

    CompletableFuture<Integer> serverCount() {
        return adapter.get().serverCount().toCompletableFuture();
    }

    void emit(String event, @Nullable Object[] args) {
        adapter.get().serverSideEmit(packet(event, args));
    }

    <T> CompletableFuture<ServerResponses<T>> call(
            Duration timeout, String event, TypeToken<T> answer, @Nullable Object[] args) {
        Preconditions.timeout(timeout);
        CompletableFuture<ServerResponses<T>> responses = new CompletableFuture<>();
        CompletionStage<ClusterReplies> collected =
                adapter.get().serverSideCall(packet(event, args), timeout.toMillis());
        collected.whenComplete((replies, failure) -> context.executors().runOffLoop(() -> {
            if (failure == null) {
                responses.complete(responses(replies, answer));
            } else {
                responses.completeExceptionally(Stages.cause(failure));
            }
        }));
        return responses;
    }

    Registration add(String event, ServerSideHandler handler) {
        return Registrations.add(
                handlers.computeIfAbsent(checked(event), name -> new CopyOnWriteArrayList<>()), handler);
    }

    Registration add(RoomListener listener) {
        return Registrations.add(rooms, listener);
    }

    /**
     * Handles an event of another server. Any thread.
     *
     * @param reply takes the answer; null if the other server expects none
     */
    void receive(Packet.Event event, @Nullable Consumer<? super Packet.Ack> reply) {
        execute(() -> handle(event, reply));
    }

    private void handle(Packet.Event packet, @Nullable Consumer<? super Packet.Ack> reply) {
        InboundEvent event = InboundEvent.of(packet, 0);
        Arguments arguments = event.arguments(codec());
        AtomicBoolean answered = new AtomicBoolean(reply == null);
        for (ServerSideHandler handler : handlers.getOrDefault(event.name(), List.of())) {
            try {
                Object result = handler.on(arguments);
                if (result instanceof CompletionStage<?> stage) {
                    stage.whenComplete((value, failure) -> answer(value, failure, answered, reply));
                } else if (result != Ack.none()) {
                    answer(result, null, answered, reply);
                }
            } catch (Throwable e) {
                handlerFailed.error(e, "a handler of events of other servers failed");
            }
        }
    }

    private void answer(
            @Nullable Object value,
            @Nullable Throwable failure,
            AtomicBoolean answered,
            @Nullable Consumer<? super Packet.Ack> reply) {
        if (failure != null) {
            handlerFailed.error(Stages.cause(failure), "a handler of events of other servers failed");
            return;
        }
        if (reply != null && answered.compareAndSet(false, true)) {
            try {
                reply.accept(context.packets()
                        .ack(
                                namespace,
                                0,
                                value instanceof Ack ack ? ack.values().toArray() : new @Nullable Object[] {value}));
            } catch (RuntimeException e) {
                unwritable.error(e, "an answer to another server could not be written");
            }
        }
        Ack.Continuation continuation = value instanceof Ack ack ? ack.continuation() : null;
        if (continuation != null) {
            execute(() -> goOn(continuation));
        }
    }

    private static void goOn(Ack.Continuation continuation) {
        try {
            continuation.run();
        } catch (Throwable e) {
            handlerFailed.error(Stages.cause(e), "a handler of events of other servers failed");
        }
    }

    private void execute(Runnable task) {
        if (mailbox == null) {
            task.run();
        } else {
            mailbox.execute(task);
        }
    }

    private Packet.Event packet(String event, @Nullable Object[] args) {
        return context.packets().event(namespace, Packet.NO_ACK, checked(event), args);
    }

    private <T> ServerResponses<T> responses(ClusterReplies replies, TypeToken<T> type) {
        List<@Nullable T> values = new ArrayList<>();
        int missing = replies.missing();
        for (Packet.Ack ack : replies.replies()) {
            EventArguments arguments = new EventArguments(ack.data(), 0, ack.attachments(), codec());
            try {
                values.add(arguments.asAnswer(type));
            } catch (BadArgumentsException doesNotFit) {
                missing++;
            }
        }
        return ServerResponses.of(values, missing);
    }

    private JsonCodec codec() {
        return context.packets().codec();
    }

    private static String checked(String event) {
        if (RESERVED.contains(event)) {
            throw new IllegalArgumentException("event: \"" + event + "\" is reserved");
        }
        return event;
    }

    @Override
    public void created(String room) {
        context.roomLimit().add(1);
        notifyRooms(listener -> listener.created(room));
    }

    @Override
    public void joined(String room, String socketId) {
        notifyRooms(listener -> listener.joined(room, socketId));
    }

    @Override
    public void left(String room, String socketId) {
        notifyRooms(listener -> listener.left(room, socketId));
    }

    @Override
    public void deleted(String room) {
        context.roomLimit().add(-1);
        notifyRooms(listener -> listener.deleted(room));
    }

    private void notifyRooms(Consumer<RoomListener> event) {
        for (RoomListener listener : rooms) {
            Registrations.guarded(() -> event.accept(listener));
        }
    }
}
