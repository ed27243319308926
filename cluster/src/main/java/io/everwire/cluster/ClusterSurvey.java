package io.everwire.cluster;

import io.everwire.adapter.ClusterContext;
import io.everwire.adapter.ClusterServer;
import io.everwire.adapter.ClusterServer.Kind;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.Packet;
import io.everwire.protocol.ProtocolException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Asks the servers of a cluster who they are, without being one of them: no server counts it, sends it events or waits for it. Used
 * once.
 */
public final class ClusterSurvey implements Line.Listener {
    /** A room that nobody has: the answers are short. */
    private static final String NOBODY = "everwire: nobody";

    /**
     * The answers.
     *
     * @param counted the number of servers that the line counts
     * @param servers the servers that answered, in the order of their ids. Node servers of the classic wire do not tell their id: it is
     *     empty
     * @param lagMillis the time of a message to the survey itself; −1 if it did not arrive
     */
    public record Answers(int counted, List<ClusterServer> servers, long lagMillis) {
        /** Copies the list. */
        public Answers {
            servers = List.copyOf(servers);
        }

        /** Returns the number of servers that did not answer. */
        public int silent() {
            return Math.max(0, counted - servers.size());
        }
    }

    private final Line line;
    private final ClusterContext context;
    private final ClusterOptions options;
    private final String uid;
    private final Wire wire;
    private final Subscription ownChannel;
    private final String requestId;
    private final Members members = new Members();
    private final CompletableFuture<Void> connected = new CompletableFuture<>();

    // Guarded by this.
    private final List<ClusterServer> nameless = new ArrayList<>();
    private long askedAt;
    private long lag = -1;

    /** Creates a survey. {@link #run} connects the line. */
    public ClusterSurvey(ClusterOptions options, Line line, ClusterContext context) {
        this.options = options;
        this.line = line;
        this.context = context;
        this.uid = options.sharded() ? MessageParts.randomHex() : MessageParts.randomText(ClassicWire.ID_LENGTH);
        this.wire = options.sharded()
                ? new ShardedWire(options, Packet.ROOT, uid)
                : new ClassicWire(options, Packet.ROOT, uid);
        this.ownChannel = ClusterAdapters.ownChannel(options);
        this.requestId = wire.newRequestId();
    }

    /**
     * Asks, waits for answers, and stops the line.
     *
     * @param patience the time that it waits, at most, for the line and for the answers
     */
    public CompletionStage<Answers> run(Duration patience) {
        line.start(this, context);
        List<CompletableFuture<Void>> all = new ArrayList<>(List.of(connected));
        for (Subscription subscription : subscriptions()) {
            all.add(line.subscribe(subscription).toCompletableFuture());
        }
        CompletableFuture<Void> end = new CompletableFuture<>();
        CompletionStage<Void> asked = CompletableFuture.allOf(all.toArray(new CompletableFuture<?>[0]))
                .thenCompose(ready -> ask());
        asked.exceptionally(failure -> {
            end.completeExceptionally(failure);
            return null;
        });
        context.schedule(() -> end.complete(null), patience.toMillis());
        return end.thenCompose(waited -> line.subscribers(wire.everyServer()))
                .thenApply(this::answers)
                .handle(this::stopped)
                .thenCompose(result -> result);
    }

    /** Stops the line, and returns the result then. */
    private CompletionStage<Answers> stopped(@Nullable Answers answers, @Nullable Throwable failure) {
        CompletionStage<Answers> result = answers == null
                ? CompletableFuture.failedStage(failure == null ? new IllegalStateException() : failure)
                : CompletableFuture.completedStage(answers);
        return line.stop().handle((done, ignored) -> result).thenCompose(known -> known);
    }

    /** Returns the subscriptions of the survey: none of those by which servers are counted. */
    private List<Subscription> subscriptions() {
        List<Subscription> all = new ArrayList<>(wire.subscriptions());
        all.remove(wire.everyServer());
        all.add(ownChannel);
        return all;
    }

    private CompletionStage<Void> ask() {
        synchronized (this) {
            askedAt = context.now();
        }
        Bytes ask = ServerMessage.encode(new ServerMessage.Ask(uid));
        Wire.Frame request = wire.encode(new ClusterMessage.CountSockets(requestId, NOBODY));
        return line.publish(ownChannel.kind(), ownChannel.name(), ask)
                .thenCompose(asked -> request == null
                        ? CompletableFuture.completedStage(null)
                        : line.publish(request.kind(), request.channel(), request.bytes()));
    }

    private synchronized Answers answers(int counted) {
        List<ClusterServer> servers = new ArrayList<>(members.servers(context.now()));
        servers.addAll(nameless);
        return new Answers(counted, servers, lag);
    }

    @Override
    public void stateChanged(boolean isConnected) {
        if (isConnected) {
            connected.complete(null);
        }
    }

    @Override
    public void received(Subscription subscription, String channel, Bytes message) {
        try {
            if (subscription.equals(ownChannel)) {
                received(ServerMessage.decode(message, options));
            } else {
                received(wire.decode(channel, message));
            }
        } catch (ProtocolException unreadable) {
            // A message to others, of a program that is no server.
            context.warn("message", "a message was passed over: " + unreadable.getMessage());
        }
    }

    private void received(@Nullable ServerMessage message) {
        if (message instanceof ServerMessage.Beat beat) {
            members.beat(beat, context.now());
        } else if (message instanceof ServerMessage.Ask && message.uid().equals(uid)) {
            synchronized (this) {
                lag = context.now() - askedAt;
            }
        }
    }

    private void received(Wire.@Nullable Received received) {
        if (received == null
                || !(received.message() instanceof ClusterMessage.Response response)
                || !response.requestId().equals(requestId)) {
            return;
        }
        if (received.uid().isEmpty()) {
            Kind kind = received.old() ? Kind.NODE_2 : Kind.NODE;
            synchronized (this) {
                nameless.add(new ClusterServer("", kind, "", "", 0));
            }
        } else if (!Set.copyOf(members.java()).contains(received.uid())) {
            members.message(received.uid(), received.old(), context.now());
        }
    }
}
