package io.everwire.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Threads broadcast while a client loses its connection and comes back, again and again. */
class RecoveryStressTest {
    private static final int SENDERS = 3;
    private static final int RETURNS = 500;

    private final Random random = new Random(4);
    private final RecoveryStore memory = new RecoveryStore(
            new RecoveryStore.Bounds(1_000, 10, 1_000_000, 1L << 40, 1L << 40), () -> 0, (reached, effect) -> {});
    private final OneSocket sockets = new OneSocket();
    private final MemoryAdapter adapter = new MemoryAdapter(sockets);
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final CountDownLatch sending = new CountDownLatch(SENDERS);

    @Test
    void everythingIsReceivedOnceAndInTheOrderOfEachThread() throws InterruptedException {
        sockets.connection = new Connection();
        adapter.join(sockets.connection, Set.of("id", "room"));
        adapter.broadcast(event("first", 0), BroadcastOptions.EVERYBODY);
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            senders.add(sender(i));
        }
        senders.forEach(Thread::start);

        List<Packet.Event> received = new ArrayList<>();
        for (int i = 0; i < RETURNS; i++) {
            comeBack(received);
        }
        assertThat(sending.await(60, TimeUnit.SECONDS)).isTrue();
        stopped.set(true);
        for (Thread sender : senders) {
            sender.join();
        }
        received.addAll(sockets.connection.sent());

        for (int sender = 0; sender < SENDERS; sender++) {
            String name = "\"" + sender + "\"";
            List<Bytes> numbers = received.stream()
                    .filter(event -> event.data().element(0).toString().equals(name))
                    .map(event -> event.data().element(1))
                    .toList();
            assertThat(numbers).isNotEmpty();
            for (int i = 0; i < numbers.size(); i++) {
                assertThat(numbers.get(i)).hasToString(String.valueOf(i));
            }
        }
        assertThat(memory.sessions()).isZero();
    }

    /** The client received a part of the packets, then its connection is lost. */
    private void comeBack(List<Packet.Event> received) {
        Connection lost = sockets.connection;
        while (lost.sent().isEmpty() && received.isEmpty()) {
            Thread.onSpinWait();
        }
        lost.connected = false;
        List<Packet.Event> sent = lost.sent();
        received.addAll(sent.subList(0, received.isEmpty() ? sent.size() : random.nextInt(sent.size() + 1)));
        String offset = Objects.requireNonNull(received.get(received.size() - 1).offset());
        adapter.persistSession(new SavedSession("pid", "id", adapter.rooms(lost), () -> Bytes.utf8("{}"), null, 0));
        adapter.leaveAll(lost);

        Connection next = new Connection();
        RestoredSession session = Objects.requireNonNull(
                adapter.restoreSession("pid", offset).toCompletableFuture().join());
        session.join(next, session.session().rooms(), missed -> {
            missed.forEach(next::send);
            next.connected = true;
            sockets.connection = next;
        });
    }

    private Thread sender(int number) {
        List<BroadcastOptions> ways = List.of(
                BroadcastOptions.EVERYBODY,
                BroadcastOptions.EVERYBODY.to(Set.of("room", "nobody")),
                BroadcastOptions.EVERYBODY.to(Set.of("id")));
        return new Thread(() -> {
            for (int i = 0; !stopped.get(); i++) {
                adapter.broadcast(event(String.valueOf(number), i), ways.get(i % ways.size()));
                if (i == 0) {
                    sending.countDown();
                }
                Thread.yield();
            }
        });
    }

    private static Packet.Event event(String name, int number) {
        JsonArray data = JsonArray.of(Bytes.utf8("\"" + name + "\""), Bytes.utf8(String.valueOf(number)));
        return new Packet.Event("/", Packet.NO_ACK, data, List.of());
    }

    /** A connection that stores the packets sent to it. */
    private static final class Connection implements LocalSocket {
        private final List<Packet.Event> sent = new ArrayList<>();
        private volatile boolean connected = true;

        synchronized void send(Packet packet) {
            sent.add((Packet.Event) packet);
        }

        synchronized List<Packet.Event> sent() {
            return List.copyOf(sent);
        }

        @Override
        public String id() {
            return "id";
        }

        @Override
        public Set<String> rooms() {
            return Set.of();
        }

        @Override
        public SocketDetails details() {
            return SocketDetails.of("id", Set.of(), Bytes.utf8("{}"), Bytes.utf8("{}"));
        }

        @Override
        public void join(Collection<String> rooms) {}

        @Override
        public void leave(Collection<String> rooms) {}

        @Override
        public void disconnect(boolean close) {}
    }

    private final class OneSocket implements LocalSockets {
        private volatile Connection connection = new Connection();

        @Override
        public Collection<? extends LocalSocket> all() {
            return List.of(connection);
        }

        @Override
        public Runnable enqueue(Packet packet, Collection<? extends LocalSocket> receivers, BroadcastOptions options) {
            for (LocalSocket receiver : receivers) {
                Connection one = (Connection) receiver;
                if (one.connected) {
                    one.send(packet);
                }
            }
            return () -> {};
        }

        @Override
        public void serverSideEvent(Packet.Event event, @Nullable Consumer<? super Packet.Ack> reply) {}

        @Override
        public RoomListener rooms() {
            return RoomListener.NONE;
        }

        @Override
        public @Nullable RecoveryStore recovery() {
            return memory;
        }

        @Override
        public void deliver(Packet packet, Collection<? extends LocalSocket> receivers, BroadcastOptions options) {
            throw new AssertionError("not in order");
        }

        @Override
        public CompletionStage<Void> deliverWithAck(
                Packet.Event packet,
                Collection<? extends LocalSocket> receivers,
                BroadcastOptions options,
                long timeoutMillis,
                AckCollector collector) {
            return CompletableFuture.completedFuture(null);
        }
    }
}
