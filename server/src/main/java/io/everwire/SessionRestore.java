package io.everwire;

import io.everwire.adapter.RestoredSession;
import io.everwire.protocol.Packet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out whether a client that says it was here before can go on with what it had. */
final class SessionRestore {
    private static final Logger log = LoggerFactory.getLogger(SessionRestore.class);

    private final Client client;
    private final Namespace namespace;
    private final Handshake handshake;

    SessionRestore(Client client, Namespace namespace, Handshake handshake) {
        this.client = client;
        this.namespace = namespace;
        this.handshake = handshake;
    }

    /** Has the client join, now or when it is known; called in a turn of the session. */
    void start(Packet.Recovery said) {
        CompletionStage<@Nullable RestoredSession> search = ask(said);
        CompletableFuture<@Nullable RestoredSession> known = search.toCompletableFuture();
        if (known.isDone() && !known.isCompletedExceptionally()) {
            client.join(namespace, handshake, known.join());
            return;
        }
        client.searches(namespace.name());
        search.whenComplete((found, failure) -> {
            if (failure != null) {
                log.warn("a session could not be restored", failure);
            }
            client.slot().execute(() -> client.searched(namespace, handshake, failure == null ? found : null));
        });
    }

    private CompletionStage<@Nullable RestoredSession> ask(Packet.Recovery said) {
        try {
            return namespace.adapter().restoreSession(said.pid(), said.offset());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
