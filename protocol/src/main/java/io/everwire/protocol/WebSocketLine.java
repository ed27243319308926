package io.everwire.protocol;

/**
 * One WebSocket. Implemented by hosts; sessions call it from inside one of their own methods. Messages are sent in the
 * order written. The host decides when to flush, at the latest when the current batch of work ends.
 *
 * <p>The host itself answers control frames, joins fragments, checks that text is UTF-8 and enforces the size limit.
 */
public interface WebSocketLine {
    /** The close code for a close frame without a status, as the Node server sends it (RFC 6455, section 7.4.1). */
    int NO_STATUS = 1005;

    /** Returns the head of the request that asked for it. */
    RequestHead head();

    /** Sends one text message; {@code message} is UTF-8. Does nothing once closed. */
    void text(Bytes message, SendOptions options);

    /** Sends one text message to this session only, without compression. */
    default void text(Bytes message) {
        text(message, SendOptions.PLAIN);
    }

    /** Sends one binary message. Does nothing once closed. */
    void binary(Bytes message, SendOptions options);

    /** Sends one binary message to this session only, without compression. */
    default void binary(Bytes message) {
        binary(message, SendOptions.PLAIN);
    }

    /**
     * Sends the messages written so far and a close frame, then closes. {@link Session#lineClosed} is called later,
     * unless the peer's side was closed already. Further calls are ignored.
     *
     * @param code a WebSocket close code, or {@link #NO_STATUS}
     */
    void close(int code);

    /**
     * Returns whether the messages written so far left the process, or nearly all of them. False means that the peer
     * reads too slowly.
     */
    boolean writable();
}
