package io.everwire.testkit;

import io.everwire.adapter.AckCollector;
import io.everwire.adapter.BroadcastOptions;
import io.everwire.adapter.ClusterReplies;
import io.everwire.adapter.FetchedSockets;
import io.everwire.adapter.LocalSockets;
import io.everwire.adapter.MemoryAdapter;
import io.everwire.adapter.SocketDetails;
import io.everwire.engine.EventLoop;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import io.everwire.testkit.Bus.Envelope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * An adapter of a cluster: uses a {@link MemoryAdapter} for the sockets of its own server and publishes calls on a
 * {@link Bus}.
 */
final class BusAdapter extends ForwardingAdapter {
    private static final long FETCH_TIMEOUT = 5_000;

    private final Bus bus;
    private final String namespace;
    private final LocalSockets sockets;
    private final EventLoop loop;
    private final Map<Long, Request> requests = new HashMap<>();

    BusAdapter(Bus bus, String namespace, LocalSockets sockets) {
        super(new MemoryAdapter(sockets));
        this.bus = bus;
        this.namespace = namespace;
        this.sockets = sockets;
        this.loop = bus.time().newLoop();
    }

    /** A message that the other servers answer, until all have answered or its timeout is over. */
    private abstract class Request {
        final Set<BusAdapter> missing = new HashSet<>(bus.others(namespace, BusAdapter.this));

        void start(long id, long timeout) {
            requests.put(id, this);
            loop.schedule(() -> end(id), timeout);
            check(id);
        }

        void check(long id) {
            if (missing.isEmpty() && complete()) {
                end(id);
            }
        }

        private void end(long id) {
            if (requests.remove(id) != null) {
                done();
            }
        }

        boolean complete() {
            return true;
        }

        abstract void done();
    }

    private final class AckRequest extends Request {
        final AckCollector collector;
        final CompletableFuture<Void> done = new CompletableFuture<>();
        int asked;
        int answered;

        AckRequest(AckCollector collector) {
            this.collector = collector;
        }

        void answer(JsonArray data, List<Bytes> attachments) {
            answered++;
            collector.answeredElsewhere(data, attachments);
        }

        @Override
        boolean complete() {
            return answered >= asked;
        }

        @Override
        void done() {
            collector.missedElsewhere(Math.max(0, asked - answered));
            done.complete(null);
        }
    }

    private final class FetchRequest extends Request {
        final List<SocketDetails> found = new ArrayList<>();
        final CompletableFuture<FetchedSockets> all = new CompletableFuture<>();

        @Override
        void done() {
            all.complete(new FetchedSockets(found, missing.size()));
        }
    }

    private final class ServerRequest extends Request {
        final List<Packet.Ack> replies = new ArrayList<>();
        final CompletableFuture<ClusterReplies> all = new CompletableFuture<>();

        @Override
        void done() {
            all.complete(new ClusterReplies(replies, missing.size()));
        }
    }

    @Override
    public void init() {
        bus.join(namespace, this);
    }

    @Override
    public CompletionStage<Void> close() {
        bus.leave(namespace, this);
        return DONE;
    }

    @Override
    public CompletionStage<Integer> serverCount() {
        return CompletableFuture.completedFuture(1 + bus.others(namespace, this).size());
    }

    @Override
    public void serverSideEmit(Packet.Event event) {
        publish(new Bus.ServerEvent(event, null));
    }

    @Override
    public CompletionStage<ClusterReplies> serverSideCall(Packet.Event event, long timeoutMillis) {
        ServerRequest request = new ServerRequest();
        long id = bus.nextRequest();
        publish(new Bus.ServerEvent(event, id));
        request.start(id, timeoutMillis);
        return request.all;
    }

    @Override
    public boolean reaches(BroadcastOptions options) {
        return !options.local() || super.reaches(options);
    }

    @Override
    public void broadcast(Packet packet, BroadcastOptions options) {
        if (!options.local()) {
            publish(new Bus.Broadcast(packet, options));
        }
        super.broadcast(packet, options);
    }

    @Override
    public CompletionStage<Void> broadcastWithAck(
            Packet.Event packet, BroadcastOptions options, long timeoutMillis, AckCollector collector) {
        CompletionStage<Void> here = super.broadcastWithAck(packet, options, timeoutMillis, collector);
        if (options.local()) {
            return here;
        }
        AckRequest request = new AckRequest(collector);
        long id = bus.nextRequest();
        publish(new Bus.Ask(id, packet, options, timeoutMillis));
        request.start(id, timeoutMillis);
        return here.thenCombine(request.done, (a, b) -> a);
    }

    @Override
    public CompletionStage<FetchedSockets> fetchSockets(BroadcastOptions options) {
        if (options.local()) {
            return super.fetchSockets(options);
        }
        FetchRequest request = new FetchRequest();
        return super.fetchSockets(options).thenCompose(here -> {
            request.found.addAll(here.sockets());
            long id = bus.nextRequest();
            publish(new Bus.Fetch(id, options));
            request.start(id, FETCH_TIMEOUT);
            return request.all;
        });
    }

    @Override
    public void addSockets(BroadcastOptions options, Collection<String> rooms) {
        if (!options.local()) {
            publish(new Bus.Join(options, rooms));
        }
        super.addSockets(options, rooms);
    }

    @Override
    public void delSockets(BroadcastOptions options, Collection<String> rooms) {
        if (!options.local()) {
            publish(new Bus.Leave(options, rooms));
        }
        super.delSockets(options, rooms);
    }

    @Override
    public void disconnectSockets(BroadcastOptions options, boolean close) {
        if (!options.local()) {
            publish(new Bus.Disconnect(options, close));
        }
        super.disconnectSockets(options, close);
    }

    void receive(Envelope envelope) {
        Bus.Message message = envelope.message();
        if (message instanceof Bus.Broadcast broadcast) {
            super.broadcast(broadcast.packet(), broadcast.options());
        } else if (message instanceof Bus.Ask ask) {
            super.broadcastWithAck(
                    ask.packet(), ask.options(), ask.timeout(), new RemoteAckCollector(envelope.from(), ask.request()));
        } else if (message instanceof Bus.Join join) {
            super.addSockets(join.options(), join.rooms());
        } else if (message instanceof Bus.Leave leave) {
            super.delSockets(leave.options(), leave.rooms());
        } else if (message instanceof Bus.Disconnect disconnect) {
            super.disconnectSockets(disconnect.options(), disconnect.close());
        } else if (message instanceof Bus.Fetch fetch) {
            super.fetchSockets(fetch.options())
                    .thenAccept(found -> answer(envelope.from(), fetch.request(), found.sockets()));
        } else if (message instanceof Bus.ServerEvent event) {
            Long request = event.request();
            sockets.serverSideEvent(
                    event.event(),
                    request == null ? null : ack -> reply(envelope.from(), new Bus.ServerAnswer(request, ack)));
        } else {
            receiveAnswer(envelope);
        }
    }

    private void receiveAnswer(Envelope envelope) {
        if (envelope.message() instanceof Bus.Asked asked
                && requests.get(asked.request()) instanceof AckRequest request) {
            request.asked += request.missing.remove(envelope.from()) ? asked.count() : 0;
            request.check(asked.request());
        } else if (envelope.message() instanceof Bus.Answer answer
                && requests.get(answer.request()) instanceof AckRequest request) {
            request.answer(answer.data(), answer.attachments());
            request.check(answer.request());
        } else if (envelope.message() instanceof Bus.Fetched fetched
                && requests.get(fetched.request()) instanceof FetchRequest request) {
            request.found.addAll(request.missing.remove(envelope.from()) ? fetched.sockets() : List.of());
            request.check(fetched.request());
        } else if (envelope.message() instanceof Bus.ServerAnswer answer
                && requests.get(answer.request()) instanceof ServerRequest request) {
            request.replies.addAll(request.missing.remove(envelope.from()) ? List.of(answer.answer()) : List.of());
            request.check(answer.request());
        }
    }

    /** Sends the details as they are now: later changes of the socket are not visible to the other server. */
    private void answer(BusAdapter to, long request, Collection<? extends SocketDetails> found) {
        List<SocketDetails> reported = new ArrayList<>();
        found.forEach(socket ->
                reported.add(SocketDetails.of(socket.id(), socket.rooms(), socket.handshake(), socket.data())));
        reply(to, new Bus.Fetched(request, reported));
    }

    private void publish(Bus.Message message) {
        bus.post(new Envelope(this, null, message), namespace);
    }

    private void reply(BusAdapter to, Bus.Message message) {
        bus.post(new Envelope(this, to, message), namespace);
    }

    /**
     * Sends the acks of clients of this server to the server that asked for them. As on the wire of the Node adapters,
     * without ids.
     */
    private final class RemoteAckCollector implements AckCollector {
        private final BusAdapter asking;
        private final long request;

        RemoteAckCollector(BusAdapter asking, long request) {
            this.asking = asking;
            this.request = request;
        }

        @Override
        public void asked(int count) {
            reply(asking, new Bus.Asked(request, count));
        }

        @Override
        public void answered(String socketId, JsonArray data, List<Bytes> attachments) {
            reply(asking, new Bus.Answer(request, data, attachments));
        }

        @Override
        public void missed(String socketId) {}

        @Override
        public void answeredElsewhere(JsonArray data, List<Bytes> attachments) {
            throw new AssertionError("asked to do it here");
        }

        @Override
        public void missedElsewhere(int count) {
            throw new AssertionError("asked to do it here");
        }
    }
}
