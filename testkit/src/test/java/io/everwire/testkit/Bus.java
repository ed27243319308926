package io.everwire.testkit;

import io.everwire.adapter.Adapter;
import io.everwire.adapter.BroadcastOptions;
import io.everwire.adapter.SocketDetails;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Connects the servers of a cluster within one process. It carries the messages of the Node adapters (socket.io-adapter
 * 2.5, ClusterAdapter) as objects. It delivers them in order when a test asks for it; a test can have messages lost or
 * duplicated.
 */
final class Bus {
    /** A message from one server to another. */
    sealed interface Message {}

    record Broadcast(Packet packet, BroadcastOptions options) implements Message {}

    record Ask(long request, Packet.Event packet, BroadcastOptions options, long timeout) implements Message {}

    record Asked(long request, int count) implements Message {}

    record Answer(long request, JsonArray data, List<Bytes> attachments) implements Message {}

    record Join(BroadcastOptions options, Collection<String> rooms) implements Message {}

    record Leave(BroadcastOptions options, Collection<String> rooms) implements Message {}

    record Disconnect(BroadcastOptions options, boolean close) implements Message {}

    record Fetch(long request, BroadcastOptions options) implements Message {}

    record Fetched(long request, List<? extends SocketDetails> sockets) implements Message {}

    record ServerEvent(Packet.Event event, @Nullable Long request) implements Message {}

    record ServerAnswer(long request, Packet.Ack answer) implements Message {}

    /** A message with its sender and receiver; {@code to} is null for all other servers. */
    record Envelope(BusAdapter from, @Nullable BusAdapter to, Message message) {}

    private record Delivery(BusAdapter to, Envelope envelope) {}

    private final VirtualTime time = new VirtualTime();
    private final Map<String, List<BusAdapter>> members = new HashMap<>();
    private final Deque<Delivery> queued = new ArrayDeque<>();
    private ToIntFunction<Envelope> copies = envelope -> 1;
    private long requests;

    /** Returns the factory of adapters for one of the servers. */
    Adapter.Factory factory() {
        return (namespace, sockets) -> new BusAdapter(this, namespace, sockets);
    }

    /** Sets the number of copies of each message that arrive from now on: none, one or several. */
    void copies(ToIntFunction<Envelope> copies) {
        this.copies = copies;
    }

    /** Delivers all queued messages, and the messages that they cause. */
    void settle() {
        for (Delivery next = queued.poll(); next != null; next = queued.poll()) {
            next.to.receive(next.envelope);
        }
    }

    /** Reverses the order of the queued messages. */
    void reverse() {
        List<Delivery> all = new ArrayList<>(queued);
        queued.clear();
        all.forEach(queued::addFirst);
    }

    void advance(Duration duration) {
        time.advance(duration);
    }

    VirtualTime time() {
        return time;
    }

    long nextRequest() {
        return requests++;
    }

    void join(String namespace, BusAdapter adapter) {
        members.computeIfAbsent(namespace, name -> new ArrayList<>()).add(adapter);
    }

    void leave(String namespace, BusAdapter adapter) {
        members.getOrDefault(namespace, new ArrayList<>()).remove(adapter);
    }

    List<BusAdapter> others(String namespace, BusAdapter adapter) {
        List<BusAdapter> others = new ArrayList<>(members.getOrDefault(namespace, List.of()));
        others.remove(adapter);
        return others;
    }

    void post(Envelope envelope, String namespace) {
        int times = copies.applyAsInt(envelope);
        BusAdapter to = envelope.to();
        List<BusAdapter> receivers = to == null ? others(namespace, envelope.from()) : List.of(to);
        for (int i = 0; i < times; i++) {
            receivers.forEach(receiver -> queued.add(new Delivery(receiver, envelope)));
        }
    }
}
