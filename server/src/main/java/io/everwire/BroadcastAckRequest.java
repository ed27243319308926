package io.everwire;

import io.everwire.adapter.AckCollector;
import io.everwire.protocol.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** One event sent to many sockets of this server, each of which is to answer. All share one ack id. */
final class BroadcastAckRequest {
    private final long ackId;
    private final List<Socket> asked = new ArrayList<>();
    private final AckCollector collector;
    private final AtomicInteger left;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    /** @param receivers those who are sent the event */
    BroadcastAckRequest(long ackId, List<Socket> receivers, AckCollector collector) {
        this.ackId = ackId;
        this.collector = collector;
        this.left = new AtomicInteger(receivers.size());
        for (Socket receiver : receivers) {
            if (receiver.slot().generation().acks()) {
                asked.add(receiver);
            } else {
                collector.missed(receiver.id());
                left.decrementAndGet();
            }
        }
    }

    /** Waits for the answers from now on; the event is to be sent after this. Done when nobody is waited for any more. */
    CompletableFuture<Void> start(long timeoutMillis) {
        collector.asked(asked.size());
        if (asked.isEmpty()) {
            done.complete(null);
            return done;
        }
        asked.forEach(socket -> socket.calls().await(ackId, new Entry(socket)));
        Future<?> timer = asked.get(0).slot().schedule(this::timedOut, timeoutMillis);
        return done.whenComplete((nothing, failure) -> timer.cancel(false));
    }

    /** Late answers are ignored, because nobody waits for this id any more. */
    private void timedOut() {
        asked.forEach(socket -> socket.calls().fail(ackId, new AckTimeoutException()));
    }

    private void heard() {
        if (left.decrementAndGet() == 0) {
            done.complete(null);
        }
    }

    /** One of those asked. */
    private final class Entry implements PendingAcks.Pending {
        private final Socket socket;

        Entry(Socket socket) {
            this.socket = socket;
        }

        @Override
        public void answered(Packet.Ack ack) {
            collector.answered(socket.id(), ack.data(), ack.attachments());
            heard();
        }

        @Override
        public void failed(RuntimeException reason) {
            collector.missed(socket.id());
            heard();
        }
    }
}
