package io.everwire.spring;

import io.everwire.SocketIoServer;
import java.util.function.Consumer;
import org.springframework.context.SmartLifecycle;

/**
 * Closes a server with its application context, before the web server of the context begins its graceful shutdown: that one waits for
 * every parked poll. Optionally opens a port when the context has started.
 */
public final class SocketIoLifecycle implements SmartLifecycle {
    /**
     * The phase: before {@code WebServerGracefulShutdownLifecycle} of Spring Boot, whose phase is {@code DEFAULT_PHASE - 1024}. A context
     * stops higher phases first.
     */
    public static final int PHASE = DEFAULT_PHASE - 512;

    private final SocketIoServer server;
    private final Consumer<SocketIoServer> start;
    private boolean running;
    private boolean closed;

    /** @param start opens ports, or does nothing; called when the context starts */
    public SocketIoLifecycle(SocketIoServer server, Consumer<SocketIoServer> start) {
        this.server = server;
        this.start = start;
    }

    /** @throws IllegalStateException if the server was closed: it cannot be opened again */
    @Override
    public synchronized void start() {
        if (closed) {
            throw new IllegalStateException(
                    "the Socket.IO server was closed with its context and cannot start again: create a new context");
        }
        start.accept(server);
        running = true;
    }

    @Override
    public void stop() {
        end();
        server.close();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // The callback is called in every case.
    public void stop(Runnable callback) {
        end();
        server.closeAsync().whenComplete((done, failure) -> callback.run());
    }

    private synchronized void end() {
        running = false;
        closed = true;
    }

    @Override
    public synchronized boolean isRunning() {
        return running;
    }

    /**
     * Returns false: a paused context resumes, but a closed server does not. {@code Lifecycle} has this method since Spring Framework 7,
     * whose test framework pauses contexts that it caches.
     */
    public boolean isPauseable() {
        return false;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
