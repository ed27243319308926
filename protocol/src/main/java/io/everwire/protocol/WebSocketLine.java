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

    /** Sends one text message; {@code message} is UTF-8. Ignored once closed. */
    void text(Bytes message);

    /** As {@link #text(Bytes)}; compressed if {@code compress} says so and both sides can. */
    default void text(Bytes message, boolean compress) {
        text(message);
    }

    /** Sends one binary message. Ignored once closed. */
    void binary(Bytes message);

    /** As {@link #binary(Bytes)}; compressed if {@code compress} says so and both sides can. */
    default void binary(Bytes message, boolean compress) {
        binary(message);
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
