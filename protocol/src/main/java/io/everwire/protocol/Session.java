package io.everwire.protocol;

/**
 * One client's connection on the wire of one generation: a state machine without I/O.
 *
 * <p>Calls never overlap and never re-enter: what the session causes by calling its ports arrives after the current call
 * returned. The caller catches {@link ProtocolException} and calls {@link #close} with its reason. Once the listener was
 * told {@link SessionListener#closed}, further calls are harmless: requests are refused, lines closed, the rest ignored.
 *
 * <p>{@code now} is a time in milliseconds that only moves forward, with an arbitrary start.
 */
public interface Session {
    /** An HTTP request for this session; its body was not read yet. */
    void request(Exchange exchange, long now);

    /** The body asked for with {@link Exchange#readBody}. */
    void body(Exchange exchange, Bytes body, long now);

    /** The body asked for is larger than the limit given; it is forgotten, the request still awaits its answer. */
    void oversized(Exchange exchange, long now);

    /** The peer went away before the exchange was answered. */
    void gone(Exchange exchange, long now);

    /** A WebSocket for this session stands. */
    void lineOpened(WebSocketLine line, long now);

    /** A text message: UTF-8, checked by the host. */
    void text(WebSocketLine line, Bytes message, long now);

    /** A binary message. */
    void binary(WebSocketLine line, Bytes message, long now);

    /**
     * A line is closed, by whichever side; nothing more comes from it.
     *
     * @param reason {@link CloseReason#TRANSPORT_CLOSE} or {@link CloseReason#TRANSPORT_ERROR}
     */
    void lineClosed(WebSocketLine line, CloseReason reason, long now);

    /** Sends to the client, now or with the next poll, in the order of the calls. */
    void send(Encoded encoded, long now);

    /**
     * Whether a packet sent now would leave at once: a poll is pending, or the line takes it. What is not worth waiting for is
     * not sent otherwise. A generation that does not say so sends everything.
     */
    default boolean writable() {
        return true;
    }

    /** How much waits for the client, in bytes: for its next poll, or for it to read on. */
    default int waiting() {
        return 0;
    }

    /** The time asked for with {@link SessionListener#wakeAt} has come, or nearly: check the clock, do not trust the call. */
    void tick(long now);

    /** Ends the session; only the first call counts. */
    void close(CloseReason reason, long now);
}
