package io.everwire.spring.boot;

import jakarta.servlet.http.HttpSession;

/**
 * The HTTP session in which a connection was opened: {@code socket.handshake().host(HttpSessionId.class)}. Null if the request had none.
 *
 * @param value the id of the session at that time; Spring Security changes the id at a login
 * @param session the session
 */
public record HttpSessionId(String value, HttpSession session) {
    /** Returns whether the session still exists. */
    boolean alive() {
        try {
            return session.getCreationTime() > 0;
        } catch (IllegalStateException ended) {
            return false;
        }
    }
}
