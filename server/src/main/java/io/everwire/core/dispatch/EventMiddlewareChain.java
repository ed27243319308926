package io.everwire.core.dispatch;

import io.everwire.EventMiddleware;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Passes the events of one socket through its middleware, one at a time and in order: while middleware decides later about an event,
 * the following events wait. Used where the handlers of the socket run.
 */
final class EventMiddlewareChain {
    /** Receives accepted and refused events. */
    interface Sink {
        /** Returns whether events are still handled. */
        boolean open();

        /** Called when the event enters the chain. */
        void arrived(InboundEvent event);

        /** Called when all middleware accepted the event. */
        void accepted(InboundEvent event);

        /** Called when middleware refused the event. */
        void refused(InboundEvent event, Throwable failure);

        /** Called once for each event, at the end. */
        void completed(InboundEvent event);

        /** Runs a task where the handlers of the socket run. */
        void execute(Runnable task);
    }

    private final EventTarget target;
    private final Sink sink;
    private final Deque<InboundEvent> queue = new ArrayDeque<>(0);
    private boolean undecided;

    EventMiddlewareChain(EventTarget target, Sink sink) {
        this.target = target;
        this.sink = sink;
    }

    /** Adds an event, after all earlier ones. */
    void enter(InboundEvent event) {
        if (undecided) {
            queue.add(event);
        } else {
            start(event);
        }
    }

    private void start(InboundEvent event) {
        if (sink.open()) {
            sink.arrived(event);
        }
        run(event, target.socketListeners().own().middleware.iterator());
    }

    private void run(InboundEvent event, Iterator<EventMiddleware.Async> rest) {
        boolean waits = false;
        try {
            waits = sink.open() && isUndecided(event, rest);
        } finally {
            undecided = waits;
            if (!waits) {
                sink.completed(event);
            }
        }
    }

    /** Calls the rest of the middleware; returns whether one of them decides later. */
    private boolean isUndecided(InboundEvent event, Iterator<EventMiddleware.Async> rest) {
        while (rest.hasNext()) {
            CompletionStage<?> stage;
            try {
                stage = Objects.requireNonNull(
                        rest.next().on(target.socket(), event.name(), event.arguments(target.codec())),
                        "middleware returned no stage");
            } catch (Throwable e) {
                sink.refused(event, e);
                return false;
            }
            if (stage != Stages.DONE) {
                stage.whenComplete((done, failure) -> sink.execute(() -> resume(event, rest, failure)));
                return true;
            }
        }
        sink.accepted(event);
        return false;
    }

    private void resume(InboundEvent event, Iterator<EventMiddleware.Async> rest, @Nullable Throwable failure) {
        undecided = false;
        if (failure == null) {
            run(event, rest);
        } else {
            try {
                sink.refused(event, failure);
            } finally {
                sink.completed(event);
            }
        }
        for (InboundEvent next = next(); next != null; next = next()) {
            start(next);
        }
    }

    private @Nullable InboundEvent next() {
        return undecided ? null : queue.poll();
    }
}
