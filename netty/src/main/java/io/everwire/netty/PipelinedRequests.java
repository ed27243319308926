package io.everwire.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The queued messages of requests that a connection sent before the response to an earlier one. Pauses reading when the
 * queue is full, and limits what still arrives out of bytes that were read before. Used on the event loop only.
 */
final class PipelinedRequests {
    /** A request is at least two messages of the codec: its head and its end. */
    private static final int PER_REQUEST = 2;

    /** One read of 64 KiB may hold this many times the messages at which reading pauses. */
    private static final int OVERRUN = 32;

    private final ChannelHandlerContext ctx;
    private final int limit;
    private final Deque<HttpObject> messages = new ArrayDeque<>(0);
    private boolean paused;

    /** Set while this queue has turned automatic reading off. */
    private boolean automatic;

    /** @param maxPipelined the number of queued requests at which reading pauses */
    PipelinedRequests(ChannelHandlerContext ctx, int maxPipelined) {
        this.ctx = ctx;
        this.limit = PER_REQUEST * maxPipelined;
    }

    /** Returns whether no message is queued. */
    boolean isEmpty() {
        return messages.isEmpty();
    }

    /**
     * Queues a message, which is released here unless {@link #poll} returns it.
     *
     * @return false if the peer sent too many requests and the connection must close
     */
    boolean add(HttpObject message) {
        messages.add(message);
        if (messages.size() >= limit) {
            pause();
        }
        return messages.size() <= OVERRUN * limit;
    }

    /**
     * Returns the next message, or null if none is queued or it must not be taken yet.
     *
     * @param free whether a head may be taken, because no response is awaited; the rest of a begun request always may
     */
    @Nullable
    HttpObject poll(boolean free) {
        return messages.peek() instanceof HttpRequest && !free ? null : messages.poll();
    }

    /**
     * Pauses reading. If the application has turned automatic reading off, it decides about each read, and {@link
     * #paused} only tells the connection not to ask for one.
     */
    void pause() {
        if (!paused) {
            paused = true;
            automatic = ctx.channel().config().isAutoRead();
            if (automatic) {
                ctx.channel().config().setAutoRead(false);
            }
        }
    }

    /** Resumes reading if it was paused here and the queue is below its limit. */
    void resume() {
        if (paused && messages.size() < limit) {
            paused = false;
            if (automatic) {
                ctx.channel().config().setAutoRead(true);
            } else {
                ctx.read();
            }
        }
    }

    /** Returns whether reading is paused by this queue. */
    boolean paused() {
        return paused;
    }

    /** Releases all queued messages. */
    void clear() {
        messages.forEach(ReferenceCountUtil::release);
        messages.clear();
    }
}
