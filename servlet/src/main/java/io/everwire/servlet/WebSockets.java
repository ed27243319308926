package io.everwire.servlet;

import io.everwire.engine.EngineSession;
import io.everwire.protocol.RequestHead;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;

/** One way to turn a request into a WebSocket. Called on the container's threads, in the filter. */
interface WebSockets {
    /** Returns whether a request of HTTP/1.1 without a body asks for a WebSocket that can be granted. */
    boolean isGrantable(RequestHead head);

    /**
     * Upgrades the connection of a request, and calls {@link EngineSession#lineOpened} and all that follows.
     *
     * @param head the copy of the head, which the line keeps
     * @param added headers for the response, names and values in turn
     * @param session receives the messages
     * @return false if the handshake failed: then nothing else was called
     */
    boolean upgrade(
            HttpServletRequest request,
            HttpServletResponse response,
            ServletRequestHead head,
            List<String> added,
            EngineSession session,
            Strand strand);
}
