package io.everwire.protocol;

/**
 * One client's connection to the server in one generation: a state machine without I/O.
 *
 * <p>Calls never overlap and never re-enter: events that the session causes by calling its ports arrive after the
 * current call returned. The caller catches {@link ProtocolException} and calls {@link #close} with its reason. After
 * {@link SessionListener#closed} further calls are harmless: requests are rejected, WebSockets are closed, everything
 * else is ignored.
 *
 * <p>{@code now} is a time in milliseconds that only moves forward, with an arbitrary start.
 */
public interface Session {
    /** Receives an HTTP request for this session. Its body was not read yet. */
    void request(Exchange exchange, long now);

    /** Receives the body that the session asked for with {@link Exchange#readBody}. */
    void body(Exchange exchange, Bytes body, long now);

    /**
     * Reports that the body asked for is larger than the limit given. The body is discarded; the request still awaits
     * its response.
     */
    void oversized(Exchange exchange, long now);

    /**
     * Reports that the peer disconnected before the exchange was answered. Some hosts learn of it late or never ({@link
     * Exchange}).
     */
    void gone(Exchange exchange, long now);

    /** Receives a WebSocket of this session, which is open. */
    void lineOpened(WebSocketLine line, long now);

    /** Receives a text message: UTF-8, checked by the host. */
    void text(WebSocketLine line, Bytes message, long now);

    /** Receives a binary message. */
    void binary(WebSocketLine line, Bytes message, long now);

    /**
     * Reports that a WebSocket is closed, by either side. No call for it follows.
     *
     * @param reason {@link CloseReason#TRANSPORT_CLOSE} or {@link CloseReason#TRANSPORT_ERROR}
     */
    void lineClosed(WebSocketLine line, CloseReason reason, long now);

    /** Sends a packet to the client, now or with the next poll, in the order of the calls. */
    void send(Encoded encoded, long now);

    /**
     * Returns whether a packet sent now would be written at once: a poll is pending, or the WebSocket is writable. The
     * server drops volatile packets if it is false. The default is true.
     */
    default boolean writable() {
        return true;
    }

    /**
     * Returns the number of bytes queued for the client: for its next poll, or because it reads too slowly. The default
     * is 0.
     */
    default int waiting() {
        return 0;
    }

    /**
     * Returns the memory of packets that have arrived in part or await something, in bytes. The default is 0.
     */
    default int incomplete() {
        return 0;
    }

    /**
     * Reports that the time asked for with {@link SessionListener#wakeAt} has come, or nearly. A call may be early or
     * needless, so the session compares {@code now} with its deadlines.
     */
    void tick(long now);

    /** Ends the session. Only the first call counts. */
    void close(CloseReason reason, long now);
}
