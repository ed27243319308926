package io.everwire;

import io.everwire.engine.LogText;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.Packet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings what one socket receives to its handlers, on the threads its server's {@link HandlerMode} names, and answers acks. */
final class Dispatcher implements Gate.Beyond {
    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

    private final FailureLog failures = new FailureLog(log);
    private final Socket socket;
    private final Client client;
    private final @Nullable Mailbox mailbox;

    /** There when the first event came. Used in turns of the session. */
    private @Nullable Gate gate;

    /** Whether what waits is not handled any more. */
    private volatile boolean over;

    Dispatcher(Socket socket, Client client) {
        this.socket = socket;
        this.client = client;
        this.mailbox = client.server().mailboxes() ? new Mailbox(client) : null;
    }

    /**
     * Makes the socket visible, then runs {@code first} as handlers run: before all that whoever finds the socket may cause.
     * Called once, in a turn of the session.
     */
    void start(Runnable makeVisible, Runnable first) {
        if (mailbox == null) {
            // What others cause waits for the end of this turn.
            makeVisible.run();
            first.run();
        } else if (!socket.namespace().hearsConnections()) {
            // Nobody to be told: no thread is borrowed for it.
            makeVisible.run();
        } else {
            mailbox.add(first);
            makeVisible.run();
            mailbox.start();
        }
    }

    /** Runs {@code task} as handlers run. Any thread. */
    @Override
    public void execute(Runnable task) {
        if (mailbox == null) {
            client.slot().execute(task);
        } else {
            mailbox.execute(task);
        }
    }

    /**
     * The socket has ended: {@code last} runs after what arrived before. That is handled first, as it would have been had the
     * handlers not been behind, if there is room for what the gone leave.
     *
     * @param drops whether it is not handled in any case
     * @param heard whether {@code last} calls listeners: otherwise it needs no thread of theirs
     */
    void end(boolean drops, boolean heard, Runnable last) {
        Leftovers leftovers = client.server().crowd().leftovers();
        int waiting = drops ? 0 : client.inputWaiting();
        over = drops || !leftovers.take(waiting);
        int taken = over ? 0 : waiting;
        Runnable end = () -> {
            over = true;
            leftovers.release(taken);
            last.run();
        };
        if (mailbox == null) {
            client.slot().execute(end);
        } else if (heard) {
            mailbox.execute(end);
        } else {
            mailbox.executeHere(end);
        }
    }

    /** An event or message arrived; called in a turn of the session. */
    void receive(Packet packet) {
        Gate.Arrival event = Gate.Arrival.of(packet);
        client.inputWaits(event.size());
        Gate entered = gate();
        if (mailbox == null) {
            entered.enter(event);
        } else {
            mailbox.execute(() -> entered.enter(event));
        }
    }

    private Gate gate() {
        Gate known = gate;
        if (known == null) {
            known = new Gate(socket, this);
            gate = known;
        }
        return known;
    }

    @Override
    public boolean open() {
        return !over;
    }

    @Override
    public void arrived(Gate.Arrival event) {
        tellAny(false, event);
    }

    /** Tells those who want to hear of every event: of those sent, or of those that arrive. Where handlers run. */
    void tellAny(boolean sent, Gate.Arrival event) {
        List<AnyHandler> handlers = socket.listeners().any(sent);
        if (!handlers.isEmpty()) {
            Listeners.tell(handlers, socket, event.name(), () -> socket.arguments(event.data(), event.attachments()));
        }
    }

    @Override
    public void left(Gate.Arrival event) {
        client.inputHandled(event.size());
    }

    @Override
    public void passed(Gate.Arrival event) {
        Bytes name = event.data().element(0);
        Reply reply = new Reply(event.ackId());
        Arguments arguments = socket.arguments(event.data(), event.attachments());
        List<RawHandler> handlers = socket.listeners().handlersOf(name);
        if (handlers.isEmpty()) {
            reply.error("unhandled", "nothing handles this event");
            return;
        }
        for (RawHandler handler : handlers) {
            call(handler, arguments, reply);
        }
        reply.nothingElse();
    }

    @Override
    public void refused(Gate.Arrival event, Throwable failure) {
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

    private void call(RawHandler handler, Arguments arguments, Reply reply) {
        try {
            Object result = handler.on(socket, arguments);
            if (result instanceof CompletionStage<?> stage) {
                reply.later(stage);
            } else if (result != RawHandler.NO_ANSWER) {
                reply.value(result);
            }
        } catch (BadArgumentsException e) {
            log.debug("arguments of an event were refused: {}", LogText.of(e.detail()));
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
                    socket.failed(Admission.cause(failure));
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
