package io.everwire.protocol.wire;

import io.everwire.protocol.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line of a transcript, with the indented lines below it. */
public sealed interface Step {
    /** Returns its line number in the file, counted from 1. */
    int line();

    /** An action of the client or the server, or time that passes. */
    sealed interface Does extends Step {}

    /** An output that must have happened. */
    sealed interface Expects extends Step {
        /** Returns the name of the exchange or WebSocket, or {@code app}. */
        String channel();
    }

    /**
     * Opens an HTTP exchange.
     *
     * @param headers names and values in turn
     * @param body null if it comes later
     */
    record Request(
            int line,
            String channel,
            String method,
            String target,
            List<String> headers,
            @Nullable Body body) implements Does {}

    /** Asks for a WebSocket. */
    record Connect(int line, String channel, String target, List<String> headers) implements Does {}

    /** The rest of a request's body, or a message on a WebSocket. */
    record Send(int line, String channel, Body message) implements Does {}

    /** The peer disconnects ({@code gone}), closes ({@code close}), or breaks the connection ({@code abort}). */
    record Leave(int line, String channel, String how) implements Does {}

    /** Time passes. */
    record Wait(int line, long millis) implements Does {}

    /** The server sends a packet: the text after {@code app>}. */
    record AppSend(int line, String packet) implements Does {}

    /** The server closes the session. */
    record AppClose(int line, String reason) implements Does {}

    /**
     * The response of an exchange, or the rejection of a WebSocket.
     *
     * @param stream whether the response continues; its body is then the first piece
     * @param headers names and values in turn, all of which the response must have
     * @param body the exact body, or null for any
     */
    record Answer(
            int line,
            String channel,
            boolean stream,
            int status,
            List<String> headers,
            @Nullable Body body) implements Expects {}

    /**
     * An output in words: {@code drop}, {@code pending}, {@code open}, {@code nothing}, {@code end}, {@code close
     * 1005}, or a line of {@code app}.
     */
    record Word(int line, String channel, String word) implements Expects {}

    /** A message on a WebSocket, or a piece of a stream. */
    record Message(int line, String channel, Body message) implements Expects {}

    /** Text or binary: exactly one is not null. {@code $sid} is not replaced in the text yet. */
    record Body(@Nullable String text, @Nullable Bytes binary) {
        @Override
        public String toString() {
            return text != null ? '"' + text + '"' : binary != null ? RecordingLine.hex(binary) : "";
        }
    }
}
