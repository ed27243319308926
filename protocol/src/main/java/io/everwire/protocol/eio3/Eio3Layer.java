package io.everwire.protocol.eio3;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.SessionListener;
import io.everwire.protocol.SessionOptions;
import java.util.function.Consumer;

/**
 * The protocol on top of Engine.IO with one client. It reports the packets that it reads to the session's listener.
 * Called in the session's turn.
 */
interface Eio3Layer {
    /** Begins, before any message was read. */
    void start();

    /** Reads a text message, without the type in front of it. */
    void text(Bytes message);

    /** Reads a binary message, without the type in front of it. */
    void binary(Bytes message);

    /** Returns the memory of the packet whose attachments are still to arrive, in bytes; 0 if none are. */
    int incomplete();

    /**
     * Takes note of a packet that the server sends.
     *
     * @return the number of times that the client expects it
     */
    int sent(Encoded packet);

    /** Creates the layer of a session. */
    @FunctionalInterface
    interface Factory {
        /**
         * Creates the layer of one session.
         *
         * @param answers receives packets that the layer itself sends to the client
         */
        Eio3Layer open(SessionOptions options, SessionListener listener, Consumer<Encoded> answers);
    }
}
