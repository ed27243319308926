package io.everwire.engine;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The event loops that one engine has seen. Held weakly: an event loop is forgotten with the host or the sessions that
 * use it. Hosts have one for each processor, the servlet host 17: a search through all costs less than a request does on
 * usual machines. Any thread.
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
        List<WeakReference<EventLoop>> known = all;
        // By index: this happens for each request, and an iterator would be made for each.
        for (int i = 0; i < known.size(); i++) {
            if (known.get(i).refersTo(loop)) {
                return true;
            }
        }
        return false;
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
