package io.everwire.core.connect;

import io.everwire.Handshake;
import io.everwire.RefusedException;
import io.everwire.core.dispatch.Stages;
import io.everwire.engine.RateLimitedLog;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the dynamic namespaces that a namespace belongs to: they are asked in the order they were added, and the first that accepts
 * the name wins.
 *
 * @param <C> the type of the candidates
 */
public final class DynamicNamespaceLookup<C extends DynamicNamespaceLookup.Candidate> {
    private static final RateLimitedLog failed = new RateLimitedLog(DynamicNamespaceLookup.class);

    /** Dynamic namespaces that may accept a name. */
    public interface Candidate {
        /** Returns whether a pattern decides, at once. */
        boolean byPattern();

        /** Returns whether the pattern matches the name; false without a pattern. */
        boolean matches(String name);

        /** Asks the predicate of the application. */
        CompletionStage<Boolean> test(String name, Handshake handshake) throws Exception;
    }

    /** The connection that asks. */
    public interface Caller<C> {
        /** Runs a task on a handler thread, in no order; in the session's turn if handlers run on event loops. */
        void runOffLoop(Runnable task);

        /** Runs a task in the session's turn. */
        void runInTurn(Runnable task);

        /** Called in the session's turn with the result, or null if no candidate accepts the name. */
        void lookupEnded(String name, Handshake handshake, @Nullable C found);
    }

    private final Caller<C> caller;
    private final String name;
    private final Handshake handshake;
    private final Iterator<C> rest;
    private final boolean atOnce;

    /** @param candidates in the order asked */
    public DynamicNamespaceLookup(Caller<C> caller, String name, Handshake handshake, List<C> candidates) {
        this.caller = caller;
        this.name = name;
        this.handshake = handshake;
        List<C> asked = List.copyOf(candidates);
        this.rest = asked.iterator();
        this.atOnce = asked.stream().allMatch(Candidate::byPattern);
    }

    /** Starts; called in the session's turn. With patterns only, it ends in the same turn. */
    public void start() {
        if (atOnce) {
            next();
        } else {
            caller.runOffLoop(this::next);
        }
    }

    private void next() {
        while (rest.hasNext()) {
            C candidate = rest.next();
            if (candidate.matches(name)) {
                end(candidate);
                return;
            }
            if (!candidate.byPattern() && ask(candidate)) {
                return;
            }
        }
        end(null);
    }

    /** Asks a predicate; returns false if it failed at once. */
    private boolean ask(C candidate) {
        CompletionStage<Boolean> stage;
        try {
            stage = Objects.requireNonNull(candidate.test(name, handshake), "the predicate returned no stage");
        } catch (Throwable e) {
            log(e);
            return false;
        }
        stage.whenComplete((accepts, failure) -> {
            if (failure != null) {
                log(failure);
            }
            if (failure == null && Boolean.TRUE.equals(accepts)) {
                end(candidate);
            } else {
                caller.runOffLoop(this::next);
            }
        });
        return true;
    }

    /** A refusal is a decision of the application: it means no, as {@code false} does. */
    private static void log(Throwable thrown) {
        Throwable failure = Stages.cause(thrown);
        if (!(failure instanceof RefusedException)) {
            failed.error(failure, "a predicate of namespaces failed");
        }
    }

    private void end(@Nullable C found) {
        if (atOnce) {
            caller.lookupEnded(name, handshake, found);
        } else {
            caller.runInTurn(() -> caller.lookupEnded(name, handshake, found));
        }
    }
}
