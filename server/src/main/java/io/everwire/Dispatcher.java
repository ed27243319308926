package io.everwire;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings what one socket receives to its handlers, on the threads its server's {@link HandlerMode} names, and answers acks. */
final class Dispatcher {
    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
    private static final Bytes MESSAGE = Bytes.utf8("\"message\"");

    private final Socket socket;
    private final Client client;
    private final @Nullable Mailbox mailbox;

    Dispatcher(Socket socket, Client client) {
        this.socket = socket;
        this.client = client;
        this.mailbox = client.server().mailbox();
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
        } else {
            mailbox.add(first);
            makeVisible.run();
            mailbox.start();
        }
    }

    /** Runs {@code task} as handlers run. Any thread. */
    void execute(Runnable task) {
        if (mailbox == null) {
            client.slot().execute(task);
        } else {
            mailbox.execute(task);
        }
    }

    void receive(Packet packet) {
        if (mailbox == null) {
            dispatch(packet);
            return;
        }
        int size = size(packet);
        client.inputWaits(size);
        mailbox.execute(() -> {
            try {
                dispatch(packet);
            } finally {
                client.inputHandled(size);
            }
        });
    }

    private void dispatch(Packet packet) {
        if (!socket.connected()) {
            return;
        }
        if (packet instanceof Packet.Event event) {
            handle(event.data(), event.ackId(), event.attachments());
        } else if (packet instanceof Packet.Message message) {
            handle(JsonArray.of(MESSAGE, message.data()), message.ackId(), message.attachments());
        }
    }

    private void handle(JsonArray data, long ackId, List<Bytes> attachments) {
        Bytes name = data.element(0);
        List<RawHandler> shared = socket.namespace().handlers().of(name);
        List<RawHandler> own = socket.handlers().of(name);
        Reply reply = new Reply(ackId);
        if (shared.isEmpty() && own.isEmpty()) {
            reply.error("unhandled", "nothing handles this event");
            return;
        }
        Arguments arguments =
                new Arguments(data, 1, attachments, socket.outgoing().codec());
        for (RawHandler handler : shared) {
            call(handler, arguments, reply);
        }
        for (RawHandler handler : own) {
            call(handler, arguments, reply);
        }
        reply.nothingElse();
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
            log.debug("arguments of an event were refused: {}", e.getMessage());
            reply.error("bad_arguments", String.valueOf(e.getMessage()));
        } catch (Throwable e) {
            // Errors too: an assertion or a stack that overflowed is one handler's failure, not the end of its socket.
            log.error("a handler failed", e);
            reply.error("failed", "the handler failed");
        }
    }

    private static int size(Packet packet) {
        if (packet instanceof Packet.Event event) {
            return size(event.data().json(), event.attachments());
        }
        return packet instanceof Packet.Message message ? size(message.data(), message.attachments()) : 0;
    }

    /** With what a packet costs beside its bytes, so that many small ones count as well. */
    private static int size(Bytes data, List<Bytes> attachments) {
        int size = 128 + data.length();
        for (Bytes attachment : attachments) {
            size += attachment.length();
        }
        return size;
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
                    log.error("a handler failed", failure);
                }
                if (answers) {
                    send(failure == null ? value : describe("failed", "the handler failed"));
                }
            });
        }

        void error(String code, String message) {
            value(describe(code, message));
        }

        /** Handlers ran and none answered: the client hears that it was handled. */
        void nothingElse() {
            if (!given) {
                given = true;
                socket.transmit(socket.outgoing().ack(socket.namespace().name(), ackId));
            }
        }

        private void send(@Nullable Object value) {
            try {
                Object[] values = value instanceof Ack ack ? ack.values().toArray() : new Object[] {value};
                socket.transmit(socket.outgoing().ack(socket.namespace().name(), ackId, values));
            } catch (RuntimeException e) {
                log.error("an ack could not be written", e);
                socket.transmit(
                        socket.outgoing().ack(socket.namespace().name(), ackId, describe("failed", "no answer")));
            }
        }

        private static Map<String, String> describe(String code, String message) {
            return Map.of("error", code, "message", message);
        }
    }
}
