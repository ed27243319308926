package io.everwire.protocol.eio3;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.SessionListener;
import io.everwire.protocol.SessionOptions;
import java.util.function.Consumer;

/** What is spoken on top of Engine.IO with one client. What it reads it tells the session's listener. */
interface Eio3Layer {
    /** The session has begun; nothing was read yet. */
    void start();

    /** Reads a text message, without the type in front of it. */
    void text(Bytes message);

    /** Reads a binary message, without the type in front of it. */
    void binary(Bytes message);

    /** Whether attachments are still to come. */
    boolean awaitsAttachments();

    /** Takes note of what the server sends; returns how often the client expects it. */
    int sent(Encoded packet);

    /** Makes the layer of a session. */
    @FunctionalInterface
    interface Factory {
        /**
         * Makes the layer of one session.
         *
         * @param answers takes what the layer itself has to say to the client
         */
        Eio3Layer open(SessionOptions options, SessionListener listener, Consumer<Encoded> answers);
    }
}
