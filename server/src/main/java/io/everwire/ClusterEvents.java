package io.everwire;

import io.everwire.adapter.ClusterReplies;
import io.everwire.adapter.RoomListener;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one namespace says to its like on other servers, and who listens to what they say; and who listens to its rooms. */
final class ClusterEvents implements RoomListener {
    private static final Logger log = LoggerFactory.getLogger(ClusterEvents.class);

    /** As socket.io-adapter 2.5 (DEFAULT_TIMEOUT). */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** As socket.io 4.8 (namespace.ts, RESERVED_EVENTS), beside those of sockets. */
    private static final Set<String> RESERVED = Set.of("connect", "connection", "new_namespace");

    private final Namespace namespace;
    private final @Nullable Mailbox mailbox;
    private final Map<String, List<ServerSideHandler>> handlers = new ConcurrentHashMap<>(0);
    private final List<RoomListener> rooms = new CopyOnWriteArrayList<>();

    ClusterEvents(Namespace namespace) {
        this.namespace = namespace;
        this.mailbox = namespace.server().mailbox();
    }

    static ClusterEvents of(ClusterMember member) {
        return member instanceof SocketIoServer server
                ? server.root().serverEvents()
                : ((Namespace) member).serverEvents();
    }

    CompletableFuture<Integer> count() {
        return namespace.adapter().serverCount().toCompletableFuture();
    }

    void emit(String event, @Nullable Object[] args) {
        namespace.adapter().serverSideEmit(packet(event, args));
    }

    <T> CompletableFuture<ServerResponses<T>> call(
            Duration timeout, String event, TypeToken<T> answer, @Nullable Object[] args) {
        Preconditions.time("timeout", timeout);
        CompletableFuture<ServerResponses<T>> answers = new CompletableFuture<>();
        CompletionStage<ClusterReplies> heard =
                namespace.adapter().serverSideCall(packet(event, args), timeout.toMillis());
        heard.whenComplete((replies, failure) -> namespace.server().aside(() -> {
            if (failure == null) {
                answers.complete(answers(replies, answer));
            } else {
                answers.completeExceptionally(NamespaceConnect.cause(failure));
            }
        }));
        return answers;
    }

    Registration add(String event, ServerSideHandler handler) {
        return NamespaceListeners.add(
                handlers.computeIfAbsent(checked(event), name -> new CopyOnWriteArrayList<>()), handler);
    }

    Registration addRooms(RoomListener listener) {
        return NamespaceListeners.add(rooms, listener);
    }

    /** Another server told something. Any thread. */
    void hear(Packet.Event event, @Nullable Consumer<? super Packet.Ack> reply) {
        if (mailbox == null) {
            handle(event, reply);
        } else {
            mailbox.execute(() -> handle(event, reply));
        }
    }

    private void handle(Packet.Event event, @Nullable Consumer<? super Packet.Ack> reply) {
        String name = EventMiddlewareChain.Arrival.of(event).name();
        Arguments arguments = new Arguments(event.data(), 1, event.attachments(), codec());
        AtomicBoolean answered = new AtomicBoolean(reply == null);
        for (ServerSideHandler handler : handlers.getOrDefault(name, List.of())) {
            try {
                Object result = handler.on(arguments);
                if (result instanceof CompletionStage<?> stage) {
                    stage.whenComplete((value, failure) -> answer(value, failure, answered, reply));
                } else if (result != EventHandler.NO_ANSWER) {
                    answer(result, null, answered, reply);
                }
            } catch (Throwable e) {
                log.error("a handler of what other servers say failed", e);
            }
        }
    }

    private void answer(
            @Nullable Object value,
            @Nullable Throwable failure,
            AtomicBoolean answered,
            @Nullable Consumer<? super Packet.Ack> reply) {
        if (failure != null) {
            log.error("a handler of what other servers say failed", failure);
        } else if (reply != null && answered.compareAndSet(false, true)) {
            try {
                reply.accept((Packet.Ack) namespace.outgoing().ack(namespace.name(), 0, value));
            } catch (RuntimeException e) {
                log.error("an answer to another server could not be written", e);
            }
        }
    }

    private Packet.Event packet(String event, @Nullable Object[] args) {
        return namespace.outgoing().event(namespace.name(), Packet.NO_ACK, checked(event), args);
    }

    private <T> ServerResponses<T> answers(ClusterReplies replies, TypeToken<T> type) {
        List<@Nullable T> values = new ArrayList<>();
        int missing = replies.missing();
        for (Packet.Ack ack : replies.replies()) {
            Arguments arguments = new Arguments(ack.data(), 0, ack.attachments(), codec());
            try {
                values.add(arguments.size() == 0 ? null : arguments.as(0, type));
            } catch (BadArgumentsException doesNotFit) {
                missing++;
            }
        }
        return new ServerResponses<>(values, missing);
    }

    private JsonCodec codec() {
        return namespace.outgoing().codec();
    }

    private static String checked(String event) {
        if (RESERVED.contains(event)) {
            throw new IllegalArgumentException("event: \"" + event + "\" is reserved");
        }
        return event;
    }

    @Override
    public void created(String room) {
        namespace.server().rooms().add(1);
        tell(listener -> listener.created(room));
    }

    @Override
    public void joined(String room, String socketId) {
        tell(listener -> listener.joined(room, socketId));
    }

    @Override
    public void left(String room, String socketId) {
        tell(listener -> listener.left(room, socketId));
    }

    @Override
    public void deleted(String room) {
        namespace.server().rooms().add(-1);
        tell(listener -> listener.deleted(room));
    }

    private void tell(Consumer<RoomListener> event) {
        for (RoomListener listener : rooms) {
            NamespaceListeners.guarded(() -> event.accept(listener));
        }
    }
}
