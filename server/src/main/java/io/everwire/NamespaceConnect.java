package io.everwire;

import io.everwire.engine.LogSanitizer;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.text.Json;
import java.util.Collections;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One socket's way through the middleware of its namespace: one after the other, where handlers run, and then in or out in a
 * turn of its session. A client that goes away meanwhile ends it.
 */
final class NamespaceConnect {
    private static final Logger log = LoggerFactory.getLogger(NamespaceConnect.class);

    private final Client client;
    private final Socket socket;
    private final Iterator<Middleware.Async> left;

    NamespaceConnect(Client client, Socket socket) {
        this.client = client;
        this.socket = socket;
        this.left = passesUnasked(socket)
                ? Collections.emptyIterator()
                : socket.namespace().middleware().iterator();
    }

    private static boolean passesUnasked(Socket socket) {
        RecoveryOptions options = socket.server().options().recovery();
        return socket.recovered() && options != null && options.skipMiddlewares();
    }

    /** Begins; called in a turn of the session. */
    void start() {
        if (left.hasNext()) {
            client.aside(this::next);
        } else {
            client.admit(socket);
        }
    }

    private void next() {
        while (left.hasNext() && socket.joining()) {
            CompletionStage<?> stage;
            try {
                stage = Objects.requireNonNull(left.next().on(socket), "middleware returned no stage");
            } catch (Throwable e) {
                refuse(e);
                return;
            }
            if (stage != NamespaceListeners.PASSED) {
                stage.whenComplete((done, failure) -> {
                    if (failure == null) {
                        client.aside(this::next);
                    } else {
                        refuse(failure);
                    }
                });
                return;
            }
        }
        client.slot().execute(() -> client.admit(socket));
    }

    private void refuse(Throwable failure) {
        Bytes payload = payload(cause(failure));
        client.slot().execute(() -> client.refuse(socket, payload));
    }

    /** As the Node server writes an error: its message, and its data if it has some. */
    private Bytes payload(Throwable failure) {
        if (failure instanceof RefusedException refusal) {
            return payload(String.valueOf(refusal.getMessage()), data(refusal));
        } else if (failure instanceof BadArgumentsException bad) {
            return payload(String.valueOf(bad.getMessage()), "");
        }
        log.error("middleware of {} failed", LogSanitizer.of(socket.namespace().name()), failure);
        return payload("failed", "");
    }

    private String data(RefusedException refusal) {
        if (refusal.data() == null) {
            return "";
        }
        try {
            return ",\"data\":" + socket.outgoing().json(refusal.data());
        } catch (RuntimeException e) {
            log.error("the data of a refusal could not be written", e);
            return "";
        }
    }

    private static Bytes payload(String message, String data) {
        return Bytes.utf8("{\"message\":" + Bytes.of(Json.quote(message)) + data + "}");
    }

    /** What a stage failed with, without the wrapping that stages add. */
    static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }
}
