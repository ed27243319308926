package io.everwire.servlet;

import io.everwire.engine.Engine;
import io.everwire.protocol.Generation;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The parts that all requests of one filter share: strands, timers, and threads that may block. Any thread. */
final class ServletHost implements AutoCloseable {
    /** The threads that close WebSockets, which blocks in some containers while a peer does not read. */
    private static final int CLOSERS = 16;

    /** The time for the threads of the host to end, in milliseconds. */
    private static final long END_MILLIS = 5_000;

    private final Engine engine;
    private final ServletOptions options;
    private final StrandTimers timers = new StrandTimers();
    private final List<Strand> strands;
    private final Semaphore waiting;
    private final AsyncCheck asyncCheck = new AsyncCheck();
    private final ThreadPoolExecutor closers;
    private volatile @Nullable WebSockets webSockets;

    ServletHost(Engine engine, ServletOptions options) {
        this.engine = engine;
        this.options = options;
        this.waiting = new Semaphore(options.maxWaitingThreads());
        List<Strand> all = new ArrayList<>();
        for (int i = 1; i <= options.eventLoops(); i++) {
            Strand strand = new Strand("everwire-servlet-" + i, timers);
            all.add(strand);
            engine.add(strand);
        }
        this.strands = List.copyOf(all);
        this.closers =
                new ThreadPoolExecutor(CLOSERS, CLOSERS, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "everwire-servlet-close");
                    thread.setDaemon(true);
                    return thread;
                });
        closers.allowCoreThreadTimeOut(true);
    }

    Engine engine() {
        return engine;
    }

    ServletOptions options() {
        return options;
    }

    /** Sets the way to serve WebSockets. Called before the first request. */
    void webSockets(WebSockets value) {
        webSockets = value;
    }

    /** Returns the way to serve WebSockets. */
    WebSockets webSockets() {
        WebSockets known = webSockets;
        if (known == null) {
            throw new IllegalStateException("the container has not initialized the filter");
        }
        return known;
    }

    /** Returns the strand of a request. The requests of one connection have the same one, as far as the container tells. */
    Strand strand(HttpServletRequest request) {
        int hash = 31 * request.getRemotePort()
                + String.valueOf(request.getRemoteAddr()).hashCode();
        return strands.get(Math.floorMod(hash ^ (hash >>> 16), strands.size()));
    }

    /** Returns whether clients of a generation are served. */
    boolean serves(Generation generation) {
        return options.gen0() || !generation.doubleSlashes();
    }

    /** Returns the permits for threads of the container that wait. */
    Semaphore waiting() {
        return waiting;
    }

    /** Returns threads that may block for the time that a close takes. */
    ExecutorService closers() {
        return closers;
    }

    /** Says once that a request cannot be asynchronous. */
    void asyncMissing(HttpServletRequest request) {
        asyncCheck.missing(request);
    }

    /** Closes the sessions on these strands, and waits for the end of their threads. */
    @Override
    public void close() {
        engine.closeOn(strands);
        closers.shutdown();
        strands.forEach(Strand::close);
        try {
            if (!closers.awaitTermination(options.closeTimeout().toMillis() + END_MILLIS, TimeUnit.MILLISECONDS)) {
                closers.shutdownNow();
            }
            for (Strand strand : strands) {
                strand.join(END_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        timers.close();
    }
}
