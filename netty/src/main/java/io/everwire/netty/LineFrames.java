package io.everwire.netty;

import io.everwire.protocol.Bytes;

/** How one kind of WebSocket writes its messages. Stateless; called on the loop. */
interface LineFrames {
    /** A whole text message. */
    void text(LineOutput out, Bytes message);

    /** A whole binary message. */
    void binary(LineOutput out, Bytes message);

    /** The answer to a ping. */
    void pong(LineOutput out, Bytes payload);

    /** The last frame. */
    void close(LineOutput out, int code);

    /** Whether a peer that is told of the end says so too. */
    boolean closeIsAnswered();
}
