package io.everwire;

import io.everwire.engine.LogSanitizer;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.Packet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the events of one socket that came through its gate handled, and answers acks. Used where its handlers run. */
final class EventInvoker implements EventMiddlewareChain.Beyond {
    private static final Logger log = LoggerFactory.getLogger(EventInvoker.class);

    private final RateLimitedLog failures = new RateLimitedLog(log);
    private final Socket socket;
    private final Dispatcher dispatcher;

    EventInvoker(Socket socket, Dispatcher dispatcher) {
        this.socket = socket;
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
    public void arrived(EventMiddlewareChain.Arrival event) {
        dispatcher.tellAny(false, event);
    }

    @Override
    public void left(EventMiddlewareChain.Arrival event) {
        socket.client().inputHandled(event.size());
    }

    @Override
    public void passed(EventMiddlewareChain.Arrival event) {
        Bytes name = event.data().element(0);
        Reply reply = new Reply(event.ackId());
        Arguments arguments = event.arguments(socket);
        List<EventHandler> handlers = socket.listeners().handlersOf(name);
        if (handlers.isEmpty()) {
            reply.error("unhandled", "nothing handles this event");
            return;
        }
        for (EventHandler handler : handlers) {
            call(handler, arguments, reply);
        }
        reply.nothingElse();
    }

    @Override
    public void refused(EventMiddlewareChain.Arrival event, Throwable failure) {
        Reply reply = new Reply(event.ackId());
        if (failure instanceof RefusedException refusal) {
            reply.refused(refusal);
        } else if (failure instanceof BadArgumentsException bad) {
            reply.error("bad_arguments", String.valueOf(bad.getMessage()));
        } else {
            failures.error("middleware of a socket failed", failure);
            reply.error("failed", "the middleware failed");
        }
        socket.failed(failure);
    }

    private void call(EventHandler handler, Arguments arguments, Reply reply) {
        try {
            Object result = handler.on(socket, arguments);
            if (result instanceof CompletionStage<?> stage) {
                reply.later(stage);
            } else if (result != EventHandler.NO_ANSWER) {
                reply.value(result);
            }
        } catch (BadArgumentsException e) {
            log.debug("arguments of an event were refused: {}", LogSanitizer.of(e.detail()));
            reply.error("bad_arguments", String.valueOf(e.getMessage()));
            socket.failed(e);
        } catch (RefusedException e) {
            reply.refused(e);
            socket.failed(e);
        } catch (Throwable e) {
            // Errors too: an assertion or a stack that overflowed is one handler's failure, not the end of its socket.
            failures.error("a handler failed", e);
            reply.error("failed", "the handler failed");
            socket.failed(e);
        }
    }

    /** The ack of one event: sent once, by whoever is first. Nobody waits for it if the event carried no id. */
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
                    socket.failed(NamespaceConnect.cause(failure));
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
            Map<String, Object> told = new LinkedHashMap<>(describe("refused", String.valueOf(refusal.getMessage())));
            if (refusal.data() != null) {
                told.put("data", refusal.data());
            }
            value(told);
        }

        /** Handlers ran and none answered: the client hears that it was handled. */
        void nothingElse() {
            if (!given) {
                given = true;
                socket.acknowledge(socket.outgoing().ack(socket.namespace().name(), ackId));
            }
        }

        private void send(@Nullable Object value) {
            try {
                Object[] values = value instanceof Ack ack ? ack.values().toArray() : new Object[] {value};
                socket.acknowledge(socket.outgoing().ack(socket.namespace().name(), ackId, values));
            } catch (RuntimeException e) {
                failures.error("an ack could not be written", e);
                socket.acknowledge(
                        socket.outgoing().ack(socket.namespace().name(), ackId, describe("failed", "no answer")));
            }
        }

        private static Map<String, String> describe(String code, String message) {
            return Map.of("error", code, "message", message);
        }
    }
}
