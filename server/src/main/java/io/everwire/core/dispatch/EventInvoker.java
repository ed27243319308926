package io.everwire.core.dispatch;

import io.everwire.Ack;
import io.everwire.Arguments;
import io.everwire.BadArgumentsException;
import io.everwire.EventHandler;
import io.everwire.RefusedException;
import io.everwire.ServerObserver;
import io.everwire.ServerObserver.Outcome;
import io.everwire.engine.LogSanitizer;
import io.everwire.protocol.Packet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the handlers of the events of one socket and sends acks. Used where the handlers of the socket run. */
final class EventInvoker implements EventMiddlewareChain.Sink {
    private static final Logger log = LoggerFactory.getLogger(EventInvoker.class);

    private final RateLimitedLog failures = new RateLimitedLog(log);
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
    public void completed(InboundEvent event) {
        target.input().handled(event.size());
    }

    @Override
    public void accepted(InboundEvent event) {
        ServerObserver observer = target.observer();
        if (observer == null) {
            invoke(event);
        } else {
            long start = System.nanoTime();
            Outcome outcome = invoke(event);
            observe(observer, event, outcome, System.nanoTime() - start);
        }
    }

    private Outcome invoke(InboundEvent event) {
        Reply reply = new Reply(event.ackId());
        List<EventHandler> handlers =
                target.socketListeners().handlersOf(event.data().element(0));
        if (handlers.isEmpty()) {
            reply.error("unhandled", "nothing handles this event");
            return Outcome.UNHANDLED;
        }
        Arguments arguments = event.arguments(target.codec());
        Outcome outcome = Outcome.SUCCESS;
        for (EventHandler handler : handlers) {
            Outcome own = call(handler, arguments, reply);
            outcome = outcome == Outcome.SUCCESS ? own : outcome;
        }
        reply.handled();
        return outcome;
    }

    @Override
    public void refused(InboundEvent event, Throwable failure) {
        Reply reply = new Reply(event.ackId());
        Outcome outcome;
        if (failure instanceof RefusedException refusal) {
            reply.refused(refusal);
            outcome = Outcome.REFUSED;
        } else if (failure instanceof BadArgumentsException bad) {
            reply.error("bad_arguments", String.valueOf(bad.getMessage()));
            outcome = Outcome.BAD_ARGUMENTS;
        } else {
            failures.error("middleware of a socket failed", failure);
            reply.error("failed", "the middleware failed");
            outcome = Outcome.FAILED;
        }
        ServerObserver observer = target.observer();
        if (observer != null) {
            observe(observer, event, outcome, 0);
        }
        target.failed(failure);
    }

    private void observe(ServerObserver observer, InboundEvent event, Outcome outcome, long nanos) {
        observer.handled(target.socket().namespace().name(), event.name(), outcome, nanos);
    }

    private Outcome call(EventHandler handler, Arguments arguments, Reply reply) {
        try {
            Object result = handler.on(target.socket(), arguments);
            if (result instanceof CompletionStage<?> stage) {
                reply.later(stage);
            } else if (result != Ack.none()) {
                reply.value(result);
            }
            return Outcome.SUCCESS;
        } catch (BadArgumentsException e) {
            log.debug("arguments of an event were refused: {}", LogSanitizer.of(detail(e)));
            reply.error("bad_arguments", String.valueOf(e.getMessage()));
            target.failed(e);
            return Outcome.BAD_ARGUMENTS;
        } catch (RefusedException e) {
            reply.refused(e);
            target.failed(e);
            return Outcome.REFUSED;
        } catch (Throwable e) {
            // Errors, too: a failed assertion or a stack overflow is the failure of one handler, not the end of its
            // socket.
            failures.error("a handler failed", e);
            reply.error("failed", "the handler failed");
            target.failed(e);
            return Outcome.FAILED;
        }
    }

    /** Returns the message with that of the cause, which may name types of the application. */
    private static String detail(BadArgumentsException e) {
        Throwable cause = e.getCause();
        return cause == null ? String.valueOf(e.getMessage()) : e.getMessage() + ": " + cause.getMessage();
    }

    /** The ack of one event. It is sent once, by the first that answers; not at all if the client did not ask for it. */
    private final class Reply {
        private final long ackId;
        private boolean given;

        Reply(long ackId) {
            this.ackId = ackId;
            this.given = ackId == Packet.NO_ACK;
        }

        void value(@Nullable Object value) {
            if (!given) {
                given = true;
                send(value);
            }
        }

        void later(CompletionStage<?> stage) {
            boolean answers = !given;
            given = true;
            stage.whenComplete((value, failure) -> {
                if (failure != null) {
                    failures.error("a handler failed", failure);
                    target.failed(Stages.cause(failure));
                }
                if (answers) {
                    send(failure == null ? value : describe("failed", "the handler failed"));
                }
            });
        }

        void error(String code, String message) {
            value(describe(code, message));
        }

        void refused(RefusedException refusal) {
            Map<String, Object> error = new LinkedHashMap<>(describe("refused", String.valueOf(refusal.getMessage())));
            if (refusal.data() != null) {
                error.put("data", refusal.data());
            }
            value(error);
        }

        /** Sends an empty ack if all handlers have returned and none answered. */
        void handled() {
            if (!given) {
                given = true;
                target.acknowledge(ackId);
            }
        }

        private void send(@Nullable Object value) {
            try {
                if (value instanceof Ack ack) {
                    target.acknowledge(ackId, ack.values().toArray());
                } else {
                    target.acknowledge(ackId, new @Nullable Object[] {value});
                }
            } catch (RuntimeException e) {
                failures.error("an ack could not be written", e);
                target.acknowledge(ackId, describe("failed", "no answer"));
            }
        }

        private static Map<String, String> describe(String code, String message) {
            return Map.of("error", code, "message", message);
        }
    }
}
