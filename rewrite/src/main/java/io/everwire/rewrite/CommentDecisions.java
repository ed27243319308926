package io.everwire.rewrite;

import java.util.LinkedHashMap;
import java.util.Map;
import org.openrewrite.ExecutionContext;
import org.openrewrite.Recipe;
import org.openrewrite.TreeVisitor;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.MethodMatcher;
import org.openrewrite.java.tree.J;

/** Adds a comment to each call of netty-socketio that a recipe cannot replace safely. The comment names the replacement. */
public final class CommentDecisions extends Recipe {
    private static final String ROOT = "com.corundumstudio.socketio.";

    /** The replacement of each call. */
    private static final Map<MethodMatcher, String> CALLS = calls();

    /** Creates the recipe. */
    public CommentDecisions() {}

    @Override
    public String getDisplayName() {
        return "Comment calls of netty-socketio that a person must replace";
    }

    @Override
    public String getDescription() {
        return "Adds a comment with the replacement to each call without a safe automatic replacement.";
    }

    @Override
    public TreeVisitor<?, ExecutionContext> getVisitor() {
        return new JavaIsoVisitor<>() {
            @Override
            public J.MethodInvocation visitMethodInvocation(J.MethodInvocation method, ExecutionContext context) {
                J.MethodInvocation visited = super.visitMethodInvocation(method, context);
                for (Map.Entry<MethodMatcher, String> call : CALLS.entrySet()) {
                    if (call.getKey().matches(method)) {
                        return Comments.add(visited, call.getValue());
                    }
                }
                return visited;
            }

            @Override
            public J.NewClass visitNewClass(J.NewClass created, ExecutionContext context) {
                J.NewClass visited = super.visitNewClass(created, context);
                for (Map.Entry<MethodMatcher, String> call : CALLS.entrySet()) {
                    if (call.getKey().matches(created)) {
                        return Comments.add(visited, call.getValue());
                    }
                }
                return visited;
            }
        };
    }

    private static Map<MethodMatcher, String> calls() {
        Map<MethodMatcher, String> calls = new LinkedHashMap<>();
        add(calls, "SocketIOServer <constructor>(..)", "SocketIoServer.create(options)");
        add(calls, "Configuration <constructor>(..)", "ServerOptions.builder()");
        add(calls, "SocketIOServer start()", "bind(new InetSocketAddress(port))");
        add(
                calls,
                "SocketIOServer startAsync()",
                "bind(new InetSocketAddress(port)), which returns when the port is open");
        add(calls, "SocketIOServer getBroadcastOperations()", "reaches only /; each namespace has everybody()");
        add(calls, "SocketIOServer getRoomOperations(..)", "reaches only /; each namespace has to(rooms)");
        add(calls, "SocketIOServer removeNamespace(..)", "namespaces stay; refuse clients with use(middleware)");
        add(calls, "SocketIOServer getClient(..)", "sockets().get(id), by Socket.id");
        add(calls, "SocketIONamespace getClient(..)", "sockets().get(id), by Socket.id");
        add(calls, "SocketIOServer getAllClients()", "sockets().values()");
        add(calls, "SocketIONamespace getAllClients()", "sockets().values()");
        add(calls, "SocketIOClient getSessionId()", "id() is a String, and another one in each namespace");
        add(calls, "SocketIOClient getTransport()", "transport() is a String");
        add(calls, "SocketIOClient getEngineIOVersion()", "handshake().generation()");
        add(calls, "SocketIOClient getRemoteAddress()", "handshake().address()");
        add(calls, "SocketIOClient isWritable()", "pressure() and onDrain");
        add(calls, "SocketIOClient getCurrentRoomSize(..)", "namespace().in(room).sockets().size()");
        add(
                calls,
                "SocketIOClient sendEvent(String, " + ROOT + "AckCallback, ..)",
                "call(name, Type.class, values), a future");
        add(calls, "ClientOperations send(..)", "emit(name, values)");
        add(
                calls,
                "BroadcastOperations sendEvent(String, " + ROOT + "SocketIOClient, ..)",
                "except(excluded.id()).emit(name, values), or socket.to(rooms).emit(name, values)");
        add(
                calls,
                "BroadcastOperations sendEvent(String, java.util.function.Predicate, ..)",
                "filter sockets(), or use a room");
        add(
                calls,
                "BroadcastOperations sendEvent(String, Object, " + ROOT + "BroadcastAckCallback)",
                "call(name, Type.class, value)");
        add(calls, "store.Store set(..)", "attributes().set(KEY, value) with a typed Attribute");
        add(calls, "store.Store get(..)", "attributes().get(KEY) with a typed Attribute");
        add(calls, "store.Store has(..)", "attributes().get(KEY) != null");
        add(calls, "store.Store del(..)", "attributes().remove(KEY)");
        add(
                calls,
                "listener.ClientListeners addMultiTypeEventListener(..)",
                "on(name, A.class, B.class, (socket, a, b) -> ...)");
        add(
                calls,
                "listener.ClientListeners addEventInterceptor(..)",
                "Socket.use rejects events, onAny observes them");
        add(calls, "listener.ClientListeners addListeners(..)", "add a lambda for each annotated method");
        add(
                calls,
                "listener.ClientListeners addPingListener(..)",
                "not needed: onDisconnect reports missed heartbeats");
        add(
                calls,
                "listener.ClientListeners addPongListener(..)",
                "not needed: onDisconnect reports missed heartbeats");
        add(
                calls,
                "SocketIONamespace addAuthTokenListener(..)",
                "use(socket -> ...), with socket.handshake().auth(Type.class) and RefusedException");
        add(calls, "HandshakeData getUrlParams()", "query(), with one value for each name");
        add(calls, "HandshakeData getHttpHeaders()", "headers(), with names in lower case");
        add(calls, "HandshakeData getAuthToken()", "auth(Type.class)");
        add(calls, "HandshakeData getTime()", "time() is an Instant");
        add(calls, "HandshakeData getLocal()", "Host.address(), of the server");
        return calls;
    }

    private static void add(Map<MethodMatcher, String> calls, String method, String replacement) {
        calls.put(new MethodMatcher(ROOT + method, true), replacement);
    }
}
