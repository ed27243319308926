package io.everwire.netty;

import io.netty.channel.ChannelConfig;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What a connection sent ahead while an earlier request is unanswered, and the brake on its reading. Bounded: when it
 * is full nothing more is read, and what comes nevertheless, out of bytes that were read before, is bounded too.
 */
final class PipelinedRequests {
    /** A request is two messages at least: its head and its end. */
    private static final int PER_REQUEST = 2;

    /** One read of 64 KiB may hold that many times the messages which should have stopped it. */
    private static final int OVERRUN = 32;

    private final ChannelConfig channel;
    private final int most;
    private final Deque<HttpObject> messages = new ArrayDeque<>(0);
    private boolean paused;

    PipelinedRequests(ChannelConfig channel, int maxPipelined) {
        this.channel = channel;
        this.most = PER_REQUEST * maxPipelined;
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    /** Adds a message, which belongs to this from now on; returns false if the peer went too far. */
    boolean add(HttpObject message) {
        messages.add(message);
        if (messages.size() >= most) {
            pause();
        }
        return messages.size() <= OVERRUN * most;
    }

    /** The next one, if it may be taken: a head only if {@code free}. */
    @Nullable
    HttpObject poll(boolean free) {
        return messages.peek() instanceof HttpRequest && !free ? null : messages.poll();
    }

    /** Stops reading. */
    void pause() {
        if (!paused && channel.isAutoRead()) {
            paused = true;
            channel.setAutoRead(false);
        }
    }

    /** Goes on reading, if it was stopped here and there is room. */
    void resume() {
        if (paused && messages.size() < most) {
            paused = false;
            channel.setAutoRead(true);
        }
    }

    /** Whether reading was stopped here. */
    boolean paused() {
        return paused;
    }

    void clear() {
        messages.forEach(ReferenceCountUtil::release);
        messages.clear();
    }
}
