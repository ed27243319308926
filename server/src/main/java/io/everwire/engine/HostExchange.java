package io.everwire.engine;

import io.everwire.protocol.Exchange;
import io.everwire.protocol.Generation;
import io.everwire.protocol.RequestHead;
import java.util.List;

/** A request that a host passes to the engine: an {@link Exchange} that is not assigned to a session yet. */
public interface HostExchange extends Exchange {
    /**
     * Returns the head, which is kept as long as the session: a host may make it smaller first. Called on the event
     * loop.
     */
    default RequestHead kept() {
        return head();
    }

    /** Returns the memory of {@link #kept}, in bytes. Called after it. */
    default int keptBytes() {
        return head().target().length();
    }

    /** Adds headers to the response: names and values in turn. */
    default void headers(List<String> namesAndValues) {
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            header(namesAndValues.get(i), namesAndValues.get(i + 1));
        }
    }

    /**
     * Returns whether the host serves clients of this generation; requests of others are the application's. Any thread.
     */
    default boolean serves(Generation generation) {
        return true;
    }

    /** Returns the event loop of this request's connection. */
    EventLoop loop();

    /**
     * Returns whether no response is due any more: it is complete, or the host knows that the peer disconnected. Any
     * thread; approximate on other threads than the event loop.
     */
    boolean abandoned();

    /**
     * Returns whether the connection of this request is open, as far as the host knows, also after the response. Any
     * thread; approximate on other threads than the event loop.
     */
    boolean connected();

    /**
     * Assigns the request to a session, which receives {@link EngineSession#body}, {@link EngineSession#oversized} and
     * {@link EngineSession#gone}. Called at most once, before the session receives the exchange; never for a request
     * that the engine answers itself. Called on the event loop, from inside {@link Engine#serve} or later.
     */
    void assign(EngineSession session);

    /**
     * Grants the WebSocket that was requested ({@link io.everwire.protocol.RequestHead#upgrade}): completes the
     * handshake and calls {@link EngineSession#lineOpened} and all that follows on {@code session}. If the handshake
     * fails, the only call is {@link EngineSession#lineFailed}. Called on the event loop, from inside
     * {@link Engine#serve} or later.
     */
    void upgrade(EngineSession session);
}
