package io.everwire.netty;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Limits the duration of each phase of an HTTP connection. Used on the event loop only.
 *
 * <p>Has one timer, which compares the deadline with the clock when it fires. A phase that begins and ends within one
 * read therefore sets no timer.
 */
final class ConnectionTimeouts {
    /** The next event that a connection awaits. */
    enum Phase {
        /** The complete head of a request. */
        HEAD,
        /** The rest of a body. */
        BODY,
        /** The response, of the server or of the application: without a limit. */
        RESPONSE,
        /** The first byte of the next request. */
        IDLE
    }

    private final NettyEventLoop loop;
    private final NettyOptions options;
    private final boolean ownsPort;
    private final Consumer<Phase> expired;
    private final LongSupplier queuedBytes;

    private Phase phase = Phase.RESPONSE;

    /** The start of the phase; of BODY, the start of the window in which its rate is measured. */
    private long start;

    /** The start of BODY, which has several windows. */
    private long bodyStart;

    /** The bytes of the body that arrived in this window. */
    private long bodyBytes;

    /** The queued bytes of responses when the deadline passed last. */
    private long queuedBefore;

    private boolean reading;

    /** A phase began since the bytes of the current read arrived. */
    private boolean begunInRead;

    private boolean received;
    private @Nullable Future<?> timer;
    private long timerAt;

    /**
     * @param ownsPort whether HEAD and IDLE are limited; in a pipeline of the application, this is its own concern
     * @param queuedBytes the bytes of responses that the peer has not read; while it reads some, IDLE is extended
     * @param expired called with a phase that took too long, and called again until the phase ends
     */
    ConnectionTimeouts(
            NettyEventLoop loop,
            NettyOptions options,
            boolean ownsPort,
            LongSupplier queuedBytes,
            Consumer<Phase> expired) {
        this.loop = loop;
        this.options = options;
        this.ownsPort = ownsPort;
        this.queuedBytes = queuedBytes;
        this.expired = expired;
    }

    /** Begins a phase, which ends the one before. */
    void begin(Phase next) {
        phase = next;
        start = loop.now();
        bodyStart = start;
        bodyBytes = 0;
        queuedBefore = 0;
        begunInRead = true;
        if (!reading) {
            arm();
        }
    }

    /** Returns whether the peer has sent any byte. */
    boolean received() {
        return received;
    }

    /** Returns whether BODY took longer than it may at any rate. */
    boolean bodyTookLongest() {
        return loop.now() >= bodyStart + options.requestTimeout().toMillis();
    }

    /** Counts a part of a request that arrived. */
    void progress(HttpObject part) {
        bodyBytes += part instanceof HttpContent content ? content.content().readableBytes() : 0;
    }

    /** Called before the bytes of a read are decoded. */
    void readBegins() {
        reading = true;
        received = true;
        begunInRead = false;
    }

    /** Called when the bytes of a read were decoded. If they ended IDLE but are no complete head, HEAD begins. */
    void readEnds() {
        reading = false;
        if (phase == Phase.IDLE && !begunInRead) {
            begin(Phase.HEAD);
        } else {
            arm();
        }
    }

    /** Ends the current phase without another. */
    void cancel() {
        phase = Phase.RESPONSE;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    /** Has the timer fire at the deadline at the latest. An earlier timer is kept: it finds the deadline by itself. */
    private void arm() {
        long deadline = deadline();
        if (deadline == Long.MAX_VALUE || (timer != null && timerAt <= deadline)) {
            return;
        }
        if (timer != null) {
            timer.cancel(false);
        }
        timerAt = deadline;
        timer = loop.schedule(this::check, Math.max(1, deadline - loop.now()));
    }

    private void check() {
        timer = null;
        long now = loop.now();
        if (now < deadline()) {
            arm();
        } else if (phase == Phase.BODY && isFastEnough(now)) {
            start = now;
            bodyBytes = 0;
            arm();
        } else {
            long before = queuedBefore;
            queuedBefore = queuedBytes.getAsLong();
            start = now;
            arm();
            if (phase != Phase.IDLE || queuedBefore == 0 || queuedBefore == before) {
                expired.accept(phase);
            }
        }
    }

    /**
     * Returns whether the body may take another window. Each window is measured alone: a peer that sends all but the
     * last byte at once gains no time by it.
     */
    private boolean isFastEnough(long now) {
        return bodyBytes * 1000 >= options.minBodyRate() * (now - start)
                && now < bodyStart + options.requestTimeout().toMillis();
    }

    private long deadline() {
        return switch (phase) {
            case HEAD -> ownsPort ? start + options.headTimeout().toMillis() : Long.MAX_VALUE;
            case BODY ->
                Math.min(
                        start + options.bodyTimeout().toMillis(),
                        bodyStart + options.requestTimeout().toMillis());
            case RESPONSE -> Long.MAX_VALUE;
            case IDLE -> ownsPort ? start + options.keepAliveTimeout().toMillis() : Long.MAX_VALUE;
        };
    }
}
