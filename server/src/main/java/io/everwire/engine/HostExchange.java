package io.everwire.engine;

import io.everwire.protocol.Exchange;
import io.everwire.protocol.RequestHead;

/** A request as its host presents it to the engine: an {@link Exchange} that still has to learn whose it is. */
public interface HostExchange extends Exchange {
    /** The head, to be kept as long as a session lives: a host may make it smaller first. Called on the loop. */
    default RequestHead kept() {
        return head();
    }

    /** The loop that the connection of this request runs on. */
    EventLoop loop();

    /** Whether the peer went away before it was answered. Asked on the loop, before {@link #assign} or {@link #upgrade}. */
    boolean abandoned();

    /**
     * Says whose request it is: {@link EngineSession#body}, {@link EngineSession#oversized} and {@link EngineSession#gone} of
     * this session are to be told. Called at most once, before the session sees the exchange; never for a request that the
     * engine answers by itself. Called on the loop, from inside {@link Engine#serve} or later.
     */
    void assign(EngineSession session);

    /**
     * Grants the WebSocket that was asked for ({@link io.everwire.protocol.RequestHead#upgrade}): completes the handshake
     * and tells {@link EngineSession#lineOpened} and all that follows to {@code session}. If that fails, nothing is told but
     * {@link EngineSession#lineFailed}. Called on the loop, from inside {@link Engine#serve} or later.
     */
    void upgrade(EngineSession session);
}
