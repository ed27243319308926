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
    /**
     * The strands of requests for each event loop. A thread that finds a strand held has to make its request asynchronous,
     * which costs about 15 µs (benchmark polling): with so many strands few do.
     */
    private static final int REQUEST_STRANDS = 16;

    /** The threads that close WebSockets, which blocks in some containers while a peer does not read. */
    private static final int CLOSERS = 16;

    /** The time for the threads of the host to end, in milliseconds. */
    private static final long END_MILLIS = 5_000;

    private final Engine engine;
    private final ServletOptions options;
    private final StrandTimers timers = new StrandTimers();
    private final List<Strand> connections = new ArrayList<>();
    private final List<Strand> requests = new ArrayList<>();
    private final ThreadPoolExecutor helpers;
    private final Semaphore waiting;
    private final AsyncCheck asyncCheck = new AsyncCheck();
    private final ThreadPoolExecutor closers;
    private volatile @Nullable WebSockets webSockets;

    ServletHost(Engine engine, ServletOptions options) {
        this.engine = engine;
        this.options = options;
        this.waiting = new Semaphore(options.maxWaitingThreads());
        int loops = options.eventLoops();
        this.helpers = helpers("everwire-servlet-requests", loops);
        for (int i = 1; i <= loops; i++) {
            connections.add(new Strand("everwire-servlet-" + i, timers));
        }
        for (int i = 1; i <= loops * REQUEST_STRANDS; i++) {
            requests.add(new Strand("everwire-servlet-requests-" + i, timers, helpers));
        }
        connections.forEach(engine::add);
        requests.forEach(engine::add);
        this.closers = threads("everwire-servlet-close", CLOSERS);
    }

    private static ThreadPoolExecutor threads(String name, int most) {
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(most, most, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** Returns the threads that help strands: they end when they are idle, and run late tasks of a closed host, too. */
    static ThreadPoolExecutor helpers(String name, int most) {
        ThreadPoolExecutor helpers = threads(name, most);
        helpers.setRejectedExecutionHandler(
                (task, ended) -> ended.getThreadFactory().newThread(task).start());
        return helpers;
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

    /** Returns the strand of a request until its session is known. */
    Strand strand(HttpServletRequest request, boolean upgrade) {
        List<Strand> strands = upgrade ? connections : requests;
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
        List<Strand> strands = new ArrayList<>(connections);
        strands.addAll(requests);
        engine.closeOn(strands);
        closers.shutdown();
        strands.forEach(Strand::close);
        try {
            if (!closers.awaitTermination(options.closeTimeout().toMillis() + END_MILLIS, TimeUnit.MILLISECONDS)) {
                closers.shutdownNow();
            }
            for (Strand strand : connections) {
                strand.join(END_MILLIS);
            }
            helpers.shutdown();
            helpers.awaitTermination(END_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        timers.close();
    }
}
