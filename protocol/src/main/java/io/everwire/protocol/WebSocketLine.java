package io.everwire.protocol;

/**
 * One WebSocket. Implemented by hosts; sessions call it from inside one of their own methods. Messages arrive in the
 * order written; the host decides when to flush, at the latest when the current batch of work ends.
 *
 * <p>The host answers control frames, joins fragments, checks that text is UTF-8 and enforces the size limit by itself.
 */
public interface WebSocketLine {
    /** The close code for "no status in the close frame": what the Node server sends. */
    int NO_STATUS = 1005;

    /** The request that asked for it. */
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
     * Sends what was written so far and a close frame, then closes. The session hears {@link Session#lineClosed} later,
     * unless the peer's side was closed already. Further calls are ignored.
     *
     * @param code a WebSocket close code, or {@link #NO_STATUS}
     */
    void close(int code);

    /** Whether what was written so far left the process, or nearly: false means the peer reads too slowly. */
    boolean writable();
}
