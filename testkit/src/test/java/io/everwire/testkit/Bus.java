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
 * What joins servers of one process: it carries what the Node adapters tell each other (socket.io-adapter 2.5, ClusterAdapter), as
 * objects. It delivers when asked to, in order; it can lie.
 */
final class Bus {
    /** What is told. */
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

    /** A message on its way; {@code to} is null for all others. */
    record Letter(BusAdapter from, @Nullable BusAdapter to, Message message) {}

    private record Delivery(BusAdapter to, Letter letter) {}

    private final VirtualTime time = new VirtualTime();
    private final Map<String, List<BusAdapter>> members = new HashMap<>();
    private final Deque<Delivery> underway = new ArrayDeque<>();
    private ToIntFunction<Letter> copies = letter -> 1;
    private long requests;

    /** The adapters of one of the servers. */
    Adapter.Factory factory() {
        return (namespace, sockets) -> new BusAdapter(this, namespace, sockets);
    }

    /** From now on so many copies of each message arrive: none, one or several. */
    void lie(ToIntFunction<Letter> copies) {
        this.copies = copies;
    }

    /** Delivers all there is, and what is told because of it. */
    void settle() {
        for (Delivery next = underway.poll(); next != null; next = underway.poll()) {
            next.to.receive(next.letter);
        }
    }

    /** Delivers what was told last before all that waits. */
    void reverse() {
        List<Delivery> all = new ArrayList<>(underway);
        underway.clear();
        all.forEach(underway::addFirst);
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

    void post(Letter letter, String namespace) {
        int times = copies.applyAsInt(letter);
        BusAdapter to = letter.to();
        List<BusAdapter> receivers = to == null ? others(namespace, letter.from()) : List.of(to);
        for (int i = 0; i < times; i++) {
            receivers.forEach(receiver -> underway.add(new Delivery(receiver, letter)));
        }
    }
}
