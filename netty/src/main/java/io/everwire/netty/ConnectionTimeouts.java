package io.everwire.netty;

import io.everwire.engine.EventLoop;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long each phase of an HTTP connection may take. One timer, which looks at the clock when it fires: a phase that
 * begins and ends within one read costs no timer at all. Used on the connection's loop only.
 */
final class ConnectionTimeouts {
    /** What a connection is waiting for. */
    enum Phase {
        /** For the head of a request. */
        HEAD,
        /** For the rest of a body. */
        BODY,
        /** For us; as long as it takes. */
        ANSWER,
        /** For the next request. */
        REST
    }

    private final EventLoop loop;
    private final NettyOptions options;
    private final boolean ownsPort;
    private final Consumer<Phase> expired;
    private final LongSupplier backlog;

    private Phase phase = Phase.ANSWER;
    private long start;
    private long received;
    private long unread;
    private boolean reading;
    private boolean turned;
    private boolean heard;
    private @Nullable Future<?> timer;
    private long timerAt;

    /**
     * @param ownsPort whether heads and rests are bounded, which is up to whoever owns the port
     * @param backlog how many bytes of answers the peer has still to read; while it reads some, it may rest
     * @param expired told of a phase that took too long, and told again if nothing is done about it
     */
    ConnectionTimeouts(EventLoop loop, NettyOptions options, boolean ownsPort, LongSupplier backlog, Consumer<Phase> expired) {
        this.loop = loop;
        this.options = options;
        this.ownsPort = ownsPort;
        this.backlog = backlog;
        this.expired = expired;
    }

    /** Begins a phase. */
    void begin(Phase next) {
        phase = next;
        start = now();
        received = 0;
        unread = 0;
        turned = true;
        if (!reading) {
            arm();
        }
    }

    /** Whether the peer ever sent a byte. */
    boolean heard() {
        return heard;
    }

    /** A part of a request arrived. */
    void progress(HttpObject part) {
        received += part instanceof HttpContent content ? content.content().readableBytes() : 0;
    }

    /** Bytes are about to be decoded. */
    void readBegins() {
        reading = true;
        heard = true;
        turned = false;
    }

    /** They were decoded. Bytes that ended a rest but not yet the head of a request: it must hurry from now on. */
    void readEnds() {
        reading = false;
        if (phase == Phase.REST && !turned) {
            begin(Phase.HEAD);
        } else {
            arm();
        }
    }

    /** Bounds nothing any more. */
    void cancel() {
        phase = Phase.ANSWER;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void arm() {
        long deadline = deadline();
        if (deadline == Long.MAX_VALUE || (timer != null && timerAt <= deadline)) {
            return;
        }
        if (timer != null) {
            timer.cancel(false);
        }
        timerAt = deadline;
        timer = loop.schedule(this::check, Math.max(1, deadline - now()));
    }

    private void check() {
        timer = null;
        if (now() >= deadline()) {
            long before = unread;
            unread = backlog.getAsLong();
            start = now();
            arm();
            if (phase != Phase.REST || unread == 0 || unread == before) {
                expired.accept(phase);
            }
        } else {
            arm();
        }
    }

    private long deadline() {
        return switch (phase) {
            case HEAD -> ownsPort ? start + options.headTimeout() : Long.MAX_VALUE;
            case BODY -> start + options.bodyTimeout() + received * 1000 / options.minBodyRate();
            case ANSWER -> Long.MAX_VALUE;
            case REST -> ownsPort ? start + options.keepAliveTimeout() : Long.MAX_VALUE;
        };
    }

    private static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
