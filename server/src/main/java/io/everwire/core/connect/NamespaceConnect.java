package io.everwire.core.connect;

import io.everwire.BadArgumentsException;
import io.everwire.Middleware;
import io.everwire.RefusedException;
import io.everwire.core.dispatch.Stages;
import io.everwire.engine.RateLimitedLog;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.text.Json;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/**
 * Passes one socket through the middleware of its namespace: one after the other, on handler threads, and then accepts or refuses it in
 * the session's turn. It ends when the client disconnects.
 */
public final class NamespaceConnect {
    private static final RateLimitedLog middlewareFailed = new RateLimitedLog(NamespaceConnect.class);
    private static final RateLimitedLog unwritable = new RateLimitedLog(NamespaceConnect.class);

    private final ConnectingSocket socket;
    private final Iterator<Middleware.Async> rest;

    /** Creates the pass of one socket, through the middleware as it is now. */
    public NamespaceConnect(ConnectingSocket socket) {
        this.socket = socket;
        this.rest = socket.middleware().iterator();
    }

    /** Starts; called in the session's turn. */
    public void start() {
        if (rest.hasNext()) {
            socket.runOffLoop(this::next);
        } else {
            socket.accepted();
        }
    }

    private void next() {
        while (rest.hasNext() && socket.joining()) {
            CompletionStage<?> stage;
            try {
                stage = Objects.requireNonNull(rest.next().on(socket.socket()), "middleware returned no stage");
            } catch (Throwable e) {
                refuse(e);
                return;
            }
            if (stage != Stages.DONE) {
                stage.whenComplete((done, failure) -> {
                    if (failure == null) {
                        socket.runOffLoop(this::next);
                    } else {
                        refuse(failure);
                    }
                });
                return;
            }
        }
        socket.runInTurn(socket::accepted);
    }

    private void refuse(Throwable failure) {
        Bytes payload = payload(Stages.cause(failure));
        socket.runInTurn(() -> socket.refused(payload));
    }

    /** Returns the data of the CONNECT_ERROR packet as the Node server writes it: the message, and data if the error has some. */
    private Bytes payload(Throwable failure) {
        if (failure instanceof RefusedException refusal) {
            return payload(String.valueOf(refusal.getMessage()), data(refusal));
        } else if (failure instanceof BadArgumentsException bad) {
            return payload(String.valueOf(bad.getMessage()), "");
        }
        String namespace = socket.socket().namespace().name();
        middlewareFailed.error(failure, "middleware of {} failed", namespace);
        return payload("failed", "");
    }

    private String data(RefusedException refusal) {
        if (refusal.data() == null) {
            return "";
        }
        try {
            return ",\"data\":" + socket.json(refusal.data());
        } catch (RuntimeException e) {
            unwritable.error(e, "the data of a refusal could not be written");
            return "";
        }
    }

    private static Bytes payload(String message, String data) {
        return Bytes.utf8("{\"message\":" + Bytes.of(Json.quote(message)) + data + "}");
    }
}
