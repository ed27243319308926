package io.everwire.spring;

import io.everwire.Attribute;
import io.everwire.Socket;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * The user of a socket. With Spring Security it is an {@code Authentication}, and the {@code SecurityContext} of handlers has it.
 *
 * <p>It is found in this order: the {@link #ATTRIBUTE} of the socket, which middleware sets; the attribute of the request, which {@link
 * io.everwire.ServerOptions.Builder#allowRequest} sets; and the user of the HTTP request that opened the connection.
 */
public final class SocketIoPrincipal {
    /** The key under which middleware and request filters pass on the user that they found. */
    public static final Attribute<Principal> ATTRIBUTE = Attribute.of("principal");

    private SocketIoPrincipal() {}

    /** Returns the user of a socket, or null. Any thread may call it. */
    public static @Nullable Principal of(Socket socket) {
        Principal own = socket.attributes().get(ATTRIBUTE);
        if (own != null) {
            return own;
        }
        Principal ofRequest = socket.handshake().attribute(ATTRIBUTE);
        return ofRequest == null ? socket.handshake().principal() : ofRequest;
    }
}
