package io.everwire.netty;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.SendOptions;

/** How one kind of WebSocket writes its messages. Called on the loop. */
interface FrameEncoder {
    /** A whole text message, compressed if that is wanted and can be done. */
    void text(WebSocketWriter out, Bytes message, SendOptions options);

    /** A whole binary message, compressed if that is wanted and can be done. */
    void binary(WebSocketWriter out, Bytes message, SendOptions options);

    /** The answer to a ping. */
    void pong(WebSocketWriter out, Bytes payload);

    /** The last frame. */
    void close(WebSocketWriter out, int code);

    /** Whether a peer that is told of the end says so too. */
    boolean closeIsAnswered();
}
