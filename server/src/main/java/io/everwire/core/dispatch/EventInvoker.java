package io.everwire.core.dispatch;

import io.everwire.Ack;
import io.everwire.Arguments;
import io.everwire.EventHandler;
import io.everwire.HandledEvent;
import io.everwire.ServerObserver;
import io.everwire.ServerObserver.EventScope;
import io.everwire.ServerObserver.Outcome;
import io.everwire.Socket;
import io.everwire.engine.RateLimitedLog;
import io.everwire.protocol.Packet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Calls the handlers of the events of one socket and sends acks. Used where the handlers of the socket run. */
final class EventInvoker implements EventMiddlewareChain.Sink {
    private static final RateLimitedLog handlerFailed = new RateLimitedLog(EventInvoker.class);
    private static final RateLimitedLog badArguments = new RateLimitedLog(EventInvoker.class);
    private static final RateLimitedLog middlewareFailed = new RateLimitedLog(EventInvoker.class);
    private static final RateLimitedLog unwritable = new RateLimitedLog(EventInvoker.class);

    private final EventTarget target;
    private final Dispatcher dispatcher;

    EventInvoker(EventTarget target, Dispatcher dispatcher) {
        this.target = target;
        this.dispatcher = dispatcher;
    }

    @Override
    public boolean open() {
        return dispatcher.open();
    }

    @Override
    public void execute(Runnable task) {
        dispatcher.execute(task);
    }

    @Override
    public void arrived(InboundEvent event) {
        dispatcher.notifyAny(false, event);
    }

    @Override
    public void accepted(InboundEvent event) {
        Reply reply = new Reply(event);
        List<EventHandler> handlers = handlersOf(event);
        ServerObserver observer = target.settings().observer();
        if (observer == null) {
            invoke(event, handlers, reply);
        } else {
            long start = System.nanoTime();
            HandledEvent handled = handled(event, handlers, start);
            EventScope scope = observer.handling(handled);
            Outcome outcome = invoke(event, handlers, reply);
            long nanos = System.nanoTime() - start;
            if (scope != null) {
                scope.close();
            }
            reply.whenDone(outcome, last -> {
                observer.handled(handled, last, nanos);
                if (scope != null) {
                    scope.ended(last);
                }
            });
        }
    }

    private List<EventHandler> handlersOf(InboundEvent event) {
        return target.socketListeners().handlersOf(event.data().element(0));
    }

    private Outcome invoke(InboundEvent event, List<EventHandler> handlers, Reply reply) {
        if (handlers.isEmpty()) {
            unhandled(event);
            reply.error(Outcome.UNHANDLED, EventFailure.describe("unhandled", "nothing handles this event"));
            return Outcome.UNHANDLED;
        }
        Arguments arguments = event.arguments(target.codec(), reply);
        Outcome outcome = Outcome.SUCCESS;
        for (EventHandler handler : handlers) {
            outcome = worse(outcome, call(handler, arguments, reply));
        }
        reply.handled();
        return outcome;
    }

    private Outcome call(EventHandler handler, Arguments arguments, Reply reply) {
        try {
            Object result = handler.on(target.socket(), arguments);
            if (result instanceof CompletionStage<?> stage) {
                reply.later(stage);
            } else if (result != Ack.none() && !isUnit(result)) {
                reply.value(result);
                goOn(result);
            }
            return Outcome.SUCCESS;
        } catch (Throwable e) {
            // Errors, too: a failed assertion or a stack overflow is the failure of one handler, not the end of its
            // socket.
            EventFailure failure = failed(reply.event, e);
            reply.error(failure.outcome(), failure.error());
            target.failed(reply.event.name(), failure.cause());
            return failure.outcome();
        }
    }

    /** Returns whether a value is that of a Kotlin function without a result: its ack is empty, as that of a {@code void} method. */
    private static boolean isUnit(@Nullable Object value) {
        return value != null && value.getClass().getName().equals("kotlin.Unit");
    }

    /** Does the work of a handler after its ack. */
    private static void goOn(@Nullable Object result) throws Exception {
        if (result instanceof Ack ack && ack.continuation() != null) {
            ack.continuation().run();
        }
    }

    private void goOnLater(InboundEvent event, Ack ack) {
        try {
            goOn(ack);
        } catch (Throwable e) {
            target.failed(event.name(), failed(event, e).cause());
        }
    }

    /** Logs the failure of a handler, thrown or of a stage. Any thread. */
    private EventFailure failed(InboundEvent event, Throwable thrown) {
        EventFailure failure = EventFailure.of(thrown, "the handler failed");
        if (failure.outcome() == Outcome.FAILED) {
            Socket socket = target.socket();
            handlerFailed.error(
                    failure.cause(),
                    "a handler of \"{}\" in {} failed, socket {}",
                    event.name(),
                    socket.namespace().name(),
                    socket.id());
        } else if (failure.outcome() == Outcome.BAD_ARGUMENTS && !failure.isAnswer()) {
            Socket socket = target.socket();
            badArguments.warn(
                    "the arguments of \"{}\" in {} do not fit its handler, socket {}: {}",
                    event.name(),
                    socket.namespace().name(),
                    socket.id(),
                    detail(failure.cause()));
        }
        return failure;
    }

    @Override
    public void refused(InboundEvent event, Throwable thrown) {
        EventFailure failure = EventFailure.of(thrown, "the middleware failed");
        if (failure.outcome() == Outcome.FAILED) {
            Socket socket = target.socket();
            middlewareFailed.error(
                    failure.cause(),
                    "middleware failed for the event \"{}\" in {}, socket {}",
                    event.name(),
                    socket.namespace().name(),
                    socket.id());
        }
        new Reply(event).error(failure.outcome(), failure.error());
        ServerObserver observer = target.settings().observer();
        if (observer != null) {
            observer.handled(handled(event, handlersOf(event), System.nanoTime()), failure.outcome(), 0);
        }
        target.failed(event.name(), failure.cause());
    }

    /** A handler of every event handles it, so that its name is not a mistake. */
    private void unhandled(InboundEvent event) {
        if (target.socketListeners().any(false).isEmpty()) {
            String namespace = target.socket().namespace().name();
            target.settings().unhandled().add(namespace, event.name());
        }
    }

    private HandledEvent handled(InboundEvent event, List<EventHandler> handlers, long now) {
        Socket socket = target.socket();
        return new HandledEvent(
                socket.namespace().name(),
                socket.namespace().group(),
                socket.id(),
                socket.handshake(),
                event.name(),
                !handlers.isEmpty(),
                now - event.arrived());
    }

    private static Outcome worse(Outcome first, Outcome second) {
        return first == Outcome.SUCCESS ? second : first;
    }

    /** Returns the message with that of the cause, which may name types of the application. */
    private static String detail(Throwable e) {
        Throwable cause = e.getCause();
        return cause == null ? String.valueOf(e.getMessage()) : e.getMessage() + ": " + cause.getMessage();
    }

    /**
     * The ack of one event. It is sent once, by the first that answers; not at all if the client did not ask for it. An error that
     * clients do not receive is no ack, too: an official client takes any ack for a success.
     */
    private final class Reply implements EventArguments.AckSender {
        private static final int OPEN = 0;
        private static final int RESERVED = 1;
        private static final int GIVEN = 2;

        private static final AtomicIntegerFieldUpdater<Reply> STATE =
                AtomicIntegerFieldUpdater.newUpdater(Reply.class, "state");

        private final InboundEvent event;

        /** {@link #RESERVED} for the first stage that a handler returned. A handler may send the ack on any thread. */
        private volatile int state;

        /** The outcome of the stages that handlers returned; null without stages. */
        private @Nullable CompletionStage<Outcome> stages;

        Reply(InboundEvent event) {
            this.event = event;
            this.state = event.ackId() == Packet.NO_ACK ? GIVEN : OPEN;
        }

        @Override
        public void send(@Nullable Object... values) {
            if (STATE.getAndSet(this, GIVEN) != GIVEN) {
                write(Ack.of(values));
            }
        }

        void value(@Nullable Object value) {
            if (STATE.compareAndSet(this, OPEN, GIVEN)) {
                write(value);
            }
        }

        void error(Outcome outcome, Map<String, Object> error) {
            if (STATE.compareAndSet(this, OPEN, GIVEN)) {
                writeError(outcome, error);
            }
        }

        void later(CompletionStage<?> stage) {
            boolean answers = STATE.compareAndSet(this, OPEN, RESERVED);
            CompletionStage<Outcome> own = stage.handle((value, thrown) -> {
                EventFailure failure = thrown == null ? null : failed(event, thrown);
                boolean open = answers && STATE.compareAndSet(this, RESERVED, GIVEN);
                if (failure == null) {
                    if (open) {
                        write(isUnit(value) ? Ack.of() : value);
                    }
                    if (value instanceof Ack ack && ack.continuation() != null) {
                        dispatcher.execute(() -> goOnLater(event, ack));
                    }
                    return Outcome.SUCCESS;
                }
                if (open) {
                    writeError(failure.outcome(), failure.error());
                }
                // On the thread of handlers, as for an exception that is thrown.
                dispatcher.execute(() -> target.failed(event.name(), failure.cause()));
                return failure.outcome();
            });
            stages = stages == null ? own : stages.thenCombine(own, EventInvoker::worse);
        }

        /** Passes on the outcome of the handlers and of their stages, when they are done. */
        void whenDone(Outcome outcome, Consumer<Outcome> observer) {
            if (stages == null) {
                observer.accept(outcome);
            } else {
                stages.thenAccept(later -> observer.accept(worse(outcome, later)));
            }
        }

        /** Sends an empty ack if all handlers have returned and none answered. */
        void handled() {
            if (STATE.compareAndSet(this, OPEN, GIVEN)) {
                target.acknowledge(event.ackId());
            }
        }

        private void write(@Nullable Object value) {
            try {
                if (value instanceof Ack ack) {
                    target.acknowledge(event.ackId(), ack.values().toArray());
                } else {
                    target.acknowledge(event.ackId(), new @Nullable Object[] {value});
                }
            } catch (RuntimeException | StackOverflowError e) {
                unwritable.error(e, "the ack of \"{}\" could not be written", event.name());
                if (target.settings().errorAcks().contains(Outcome.FAILED)) {
                    target.acknowledge(event.ackId(), EventFailure.describe("failed", "no answer"));
                }
            }
        }

        private void writeError(Outcome outcome, Map<String, Object> error) {
            Set<Outcome> acks = target.settings().errorAcks();
            // Data is the application's own answer, whichever exception it chose.
            if (acks.contains(outcome) || (error.containsKey("data") && acks.contains(Outcome.REFUSED))) {
                write(error);
            }
        }
    }
}
