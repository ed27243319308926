package io.everwire.protocol.eio3;

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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Engine.IO 3 without Socket.IO on top. Requests and connections are those of {@link Eio3}; only the messages differ.
 */
final class Eio3Engine implements Generation {
    private final Eio3 whole;

    /** Creates the layer below {@code whole}. */
    Eio3Engine(Eio3 whole) {
        this.whole = whole;
    }

    @Override
    public String name() {
        return whole.name();
    }

    @Override
    public @Nullable Claim claim(RequestHead head, String rest, SessionOptions options) {
        return whole.claim(head, rest, options);
    }

    @Override
    public void refuse(Exchange exchange, Refusal refusal, @Nullable String message) {
        whole.refuse(exchange, refusal, message);
    }

    /** Each message is passed on as it is: {@link Eio3RawLayer}. */
    @Override
    public Session open(String sid, RequestHead head, SessionListener listener, SessionOptions options, long now) {
        return new Eio3Session(sid, head, listener, options, Eio3RawLayer::new);
    }

    /** Returns false: messages have no ids. */
    @Override
    public boolean acks() {
        return false;
    }

    @Override
    public Set<String> withheld() {
        return whole.withheld();
    }

    @Override
    public Set<String> transports() {
        return whole.transports();
    }

    @Override
    public Encoded encode(Packet packet) {
        return Eio3RawLayer.encode(packet);
    }
}
