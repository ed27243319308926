package io.everwire.testkit;

import io.everwire.protocol.Claim;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Exchange;
import io.everwire.protocol.Generation;
import io.everwire.protocol.Packet;
import io.everwire.protocol.Refusal;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.Session;
import io.everwire.protocol.SessionListener;
import io.everwire.protocol.SessionOptions;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A generation that counts how often events and messages are written. */
final class CountingGeneration implements Generation {
    private final Generation counted;
    private final AtomicInteger written = new AtomicInteger();

    CountingGeneration(Generation counted) {
        this.counted = counted;
    }

    int written() {
        return written.get();
    }

    @Override
    public Encoded encode(Packet packet) {
        if (packet instanceof Packet.Event || packet instanceof Packet.Message) {
            written.incrementAndGet();
        }
        return counted.encode(packet);
    }

    @Override
    public String name() {
        return counted.name();
    }

    @Override
    public @Nullable Claim claim(RequestHead head, String rest, SessionOptions options) {
        return counted.claim(head, rest, options);
    }

    @Override
    public void refuse(Exchange exchange, Refusal refusal, @Nullable String message) {
        counted.refuse(exchange, refusal, message);
    }

    @Override
    public Session open(String sid, RequestHead head, SessionListener listener, SessionOptions options, long now) {
        return counted.open(sid, head, listener, options, now);
    }

    @Override
    public boolean acks() {
        return counted.acks();
    }
}
