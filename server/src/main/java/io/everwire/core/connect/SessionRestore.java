package io.everwire.core.connect;

import io.everwire.adapter.Adapter;
import io.everwire.adapter.RestoredSession;
import io.everwire.engine.RateLimitedLog;
import io.everwire.protocol.Packet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks the adapter for the session that a client wants to continue. */
public final class SessionRestore {
    private static final RateLimitedLog failed = new RateLimitedLog(SessionRestore.class);

    private SessionRestore() {}

    /**
     * Restores a session. Called in the session's turn.
     *
     * @param claimed the session that the client names
     * @param now receives the result, or null, if the adapter knows it at once; called before this method returns
     * @param later called before this method returns if the adapter does not know it at once; its result receives the session, or
     *     null, on any thread
     */
    public static void start(
            Adapter adapter,
            Packet.Recovery claimed,
            Consumer<@Nullable RestoredSession> now,
            Supplier<Consumer<@Nullable RestoredSession>> later) {
        CompletionStage<@Nullable RestoredSession> search = ask(adapter, claimed);
        CompletableFuture<@Nullable RestoredSession> known = search.toCompletableFuture();
        if (known.isDone() && !known.isCompletedExceptionally()) {
            now.accept(known.join());
            return;
        }
        Consumer<@Nullable RestoredSession> callback = later.get();
        search.whenComplete((found, failure) -> {
            if (failure != null) {
                failed.warn(failure, "a session could not be restored");
            }
            callback.accept(failure == null ? found : null);
        });
    }

    private static CompletionStage<@Nullable RestoredSession> ask(Adapter adapter, Packet.Recovery claimed) {
        try {
            return adapter.restoreSession(claimed.pid(), claimed.offset());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
