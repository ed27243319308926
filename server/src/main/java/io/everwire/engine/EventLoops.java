package io.everwire.engine;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The event loops of the hosts of one engine. Held weakly: an event loop is forgotten with the host or the sessions that
 * use it. A search goes through all of them: new connections cause one, and not every request or message. Any thread.
 */
final class EventLoops {
    private final @Nullable LoopLag lag;

    /** Immutable; each change makes another list. */
    private volatile List<WeakReference<EventLoop>> all = List.of();

    /** @param lag measures the event loops, or null */
    EventLoops(@Nullable LoopLag lag) {
        this.lag = lag;
    }

    void add(EventLoop loop) {
        if (!contains(loop)) {
            addNew(loop);
        }
    }

    /** Returns whether the calling thread is one of these event loops. */
    boolean inLoop() {
        for (WeakReference<EventLoop> reference : all) {
            EventLoop loop = reference.get();
            if (loop != null && loop.inLoop()) {
                return true;
            }
        }
        return false;
    }

    private boolean contains(EventLoop loop) {
        return all.stream().anyMatch(reference -> reference.refersTo(loop));
    }

    private synchronized void addNew(EventLoop loop) {
        if (!contains(loop)) {
            Stream<WeakReference<EventLoop>> left = all.stream().filter(reference -> !reference.refersTo(null));
            all = Stream.concat(left, Stream.of(new WeakReference<>(loop))).toList();
            if (lag != null) {
                lag.measure(loop);
            }
        }
    }
}
