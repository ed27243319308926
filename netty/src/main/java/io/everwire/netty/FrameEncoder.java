package io.everwire.netty;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.SendOptions;

/** Writes messages as the frames of one WebSocket version. Called on the event loop. */
interface FrameEncoder {
    /** Writes a whole text message; compresses it if {@code options} asks for it and the peer agreed to it. */
    void text(WebSocketWriter out, Bytes message, SendOptions options);

    /** Writes a whole binary message; compresses it as {@link #text} does. */
    void binary(WebSocketWriter out, Bytes message, SendOptions options);

    /** Writes the answer to a ping. */
    void pong(WebSocketWriter out, Bytes payload);

    /**
     * Writes the close frame. It must be the last frame.
     *
     * @param code the code of RFC 6455, section 7.4, or {@link io.everwire.protocol.WebSocketLine#NO_STATUS} for none
     */
    void close(WebSocketWriter out, int code);

    /** Returns whether a peer answers a close frame with its own. */
    boolean closeIsAnswered();
}
