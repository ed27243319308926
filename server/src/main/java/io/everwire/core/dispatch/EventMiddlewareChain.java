package io.everwire.core.dispatch;

import io.everwire.EventMiddleware;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Passes the events of one socket through its middleware, one at a time and in order: while middleware decides later about an event,
 * the following events wait. Used where the handlers of the socket run.
 */
final class EventMiddlewareChain implements Runnable {
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

        /** Runs a task where the handlers of the socket run. */
        void execute(Runnable task);
    }

    private final EventTarget target;
    private final Sink sink;
    private final PendingEvents pending;
    private boolean undecided;

    /** The events that wait for an undecided one. */
    private int waiting;

    EventMiddlewareChain(EventTarget target, Sink sink, PendingEvents pending) {
        this.target = target;
        this.sink = sink;
        this.pending = pending;
    }

    /** Handles an event that was counted, after all earlier ones. */
    void enter(InboundEvent event) {
        if (undecided) {
            pending.add(event);
            waiting++;
        } else {
            start(event);
        }
    }

    /** Handles the next pending event. Called once for each of them. */
    @Override
    public void run() {
        if (undecided) {
            waiting++;
        } else {
            InboundEvent event = pending.poll();
            if (event != null) {
                start(event);
            }
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
                pending.handled(event);
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
                pending.handled(event);
            }
        }
        while (waiting > 0 && !undecided) {
            waiting--;
            run();
        }
    }
}
