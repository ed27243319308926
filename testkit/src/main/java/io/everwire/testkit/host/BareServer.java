package io.everwire.testkit.host;

import io.everwire.Host;
import io.everwire.HostContext;
import io.everwire.Registration;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.engine.Engine;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The parts of a server that a host uses, around an engine without namespaces. Any thread. */
final class BareServer implements HostContext {
    private final Engine engine;
    private final ServerOptions options = ServerOptions.builder().path("/echo").build();
    private final List<AutoCloseable> parts = new CopyOnWriteArrayList<>();
    private final SocketIoServer server = (SocketIoServer) Proxy.newProxyInstance(
            SocketIoServer.class.getClassLoader(),
            new Class<?>[] {SocketIoServer.class},
            (proxy, method, arguments) -> call(method, arguments));

    BareServer(Engine engine) {
        this.engine = engine;
    }

    SocketIoServer server() {
        return server;
    }

    /** Closes the parts in the order attached. */
    void closeParts() throws Exception {
        for (AutoCloseable part : List.copyOf(parts)) {
            parts.remove(part);
            part.close();
        }
    }

    private Object call(Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "options" -> options;
            case "unwrap" -> unwrap((Class<?>) arguments[0]);
            case "toString" -> "a server with the echo generation";
            case "hashCode" -> System.identityHashCode(this);
            case "equals" -> arguments[0] == server;
            default -> throw new UnsupportedOperationException(method.getName() + ": this server has only an engine");
        };
    }

    private Object unwrap(Class<?> type) {
        return type.isInstance(engine) ? engine : type.cast(this);
    }

    @Override
    public void opened(Host host) {}

    @Override
    public void closed(Host host) {}

    @Override
    public void serving(String host) {}

    @Override
    public Registration attach(AutoCloseable part) {
        parts.add(part);
        return () -> parts.remove(part);
    }

    /** Runs the task at once: no test of a host has handlers. */
    @Override
    public void execute(Runnable task) {
        task.run();
    }
}
