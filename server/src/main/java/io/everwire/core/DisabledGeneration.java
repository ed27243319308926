package io.everwire.core;

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
import org.jspecify.annotations.Nullable;

/**
 * A generation that is switched off: it rejects its requests in its own form, so that its clients stop or wait longer
 * each time. After the application's 404, a client of servers 0.6.0 and 0.6.1 polls again at once.
 */
final class DisabledGeneration implements Generation {
    private static final Claim REFUSED = new Claim.Refuse(Refusal.UNSUPPORTED_VERSION);

    private final Generation generation;

    DisabledGeneration(Generation generation) {
        this.generation = generation;
    }

    @Override
    public String name() {
        return generation.name();
    }

    @Override
    public @Nullable Claim claim(RequestHead head, String rest, SessionOptions options) {
        return generation.claim(head, rest, options) == null ? null : REFUSED;
    }

    @Override
    public void refuse(Exchange exchange, Refusal refusal, @Nullable String message) {
        generation.refuse(exchange, refusal, message);
    }

    @Override
    public boolean drafts() {
        return generation.drafts();
    }

    @Override
    public boolean acks() {
        return false;
    }

    @Override
    public Session open(String sid, RequestHead head, SessionListener listener, SessionOptions options, long now) {
        throw new IllegalStateException(name() + " is switched off");
    }

    @Override
    public Encoded encode(Packet packet) {
        throw new IllegalStateException(name() + " is switched off");
    }
}
