package io.everwire;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * Namespaces that the server creates when the first client asks for them; see {@link SocketIoServer#of(Pattern)}. The Node server calls
 * it a parent namespace.
 *
 * <p>Middleware, listeners and handlers that are added here hold for all these namespaces, existing ones included, and run before those
 * of a single namespace. An event that is sent here goes to the sockets of all of them. Any thread may use it.
 */
public interface DynamicNamespaces extends NamespaceRegistry, Broadcaster {
    /** Returns the server that they belong to. */
    SocketIoServer server();

    /** Returns the namespaces that exist, by their names; a live, unmodifiable view. */
    Map<String, Namespace> children();

    /** Sets the policy of namespaces that are created from now on; see {@link Namespace#overflow}. */
    void overflow(Overflow policy);

    /** Sets the mode of namespaces that are created from now on; see {@link Namespace#handlerMode}. */
    void handlerMode(HandlerMode mode);
}
