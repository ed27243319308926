package io.everwire.core;

import io.everwire.AckTimeoutException;
import io.everwire.adapter.AckCollector;
import io.everwire.protocol.Packet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** One event for several sockets of this server, with one ack id for all of them, and the wait for their acks. */
final class BroadcastAckRequest {
    private final long ackId;
    private final List<AckTarget> asked = new ArrayList<>();
    private final AckCollector collector;
    private final AtomicInteger missing;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    /** @param receivers the sockets that are sent the event */
    BroadcastAckRequest(long ackId, Collection<? extends AckTarget> receivers, AckCollector collector) {
        this.ackId = ackId;
        this.collector = collector;
        this.missing = new AtomicInteger(receivers.size());
        for (AckTarget receiver : receivers) {
            if (receiver.hasAcks()) {
                asked.add(receiver);
            } else {
                collector.missed(receiver.id());
                missing.decrementAndGet();
            }
        }
    }

    /** Starts to wait. The event is sent after this. The result is done when no ack is missing any more. */
    CompletableFuture<Void> start(long timeoutMillis) {
        collector.asked(asked.size());
        if (asked.isEmpty()) {
            done.complete(null);
            return done;
        }
        asked.forEach(target -> target.pendingAcks().await(ackId, new Entry(target)));
        Future<?> timer = asked.get(0).schedule(this::timedOut, timeoutMillis);
        return done.whenComplete((nothing, failure) -> timer.cancel(false));
    }

    /** Late answers are ignored, because no entry has this id any more. */
    private void timedOut() {
        asked.forEach(target -> target.pendingAcks().fail(ackId, new AckTimeoutException()));
    }

    private void ended() {
        if (missing.decrementAndGet() == 0) {
            done.complete(null);
        }
    }

    /** The wait for one socket. */
    private final class Entry implements PendingAcks.Pending {
        private final AckTarget target;

        Entry(AckTarget target) {
            this.target = target;
        }

        @Override
        public void answered(Packet.Ack ack) {
            collector.answered(target.id(), ack.data(), ack.attachments());
            ended();
        }

        @Override
        public void failed(RuntimeException reason) {
            collector.missed(target.id());
            ended();
        }
    }
}
