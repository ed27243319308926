package io.everwire;

import io.everwire.engine.Verdict;
import io.everwire.protocol.RequestHead;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** One request's way through the middleware of the engine: one after the other, where handlers run. */
final class EnginePassage {
    private final RequestHead head;
    private final Iterator<EngineMiddleware.Async> left;
    private final Executor executor;
    private final ResponseHeaders headers = new ResponseHeaders();
    private final CompletableFuture<Verdict> passed = new CompletableFuture<>();

    EnginePassage(RequestHead head, Iterator<EngineMiddleware.Async> left, Executor executor) {
        this.head = head;
        this.left = left;
        this.executor = executor;
    }

    CompletionStage<Verdict> start() {
        executor.execute(this::next);
        return passed;
    }

    private void next() {
        try {
            while (left.hasNext()) {
                CompletionStage<?> stage =
                        Objects.requireNonNull(left.next().on(head, headers), "middleware returned no stage");
                if (stage != NamespaceListeners.PASSED) {
                    stage.whenComplete((done, failure) -> goOn(failure));
                    return;
                }
            }
            passed.complete(Verdict.accept(headers.list()));
        } catch (Throwable e) {
            passed.complete(EngineHooks.refusal(e, headers.list()));
        }
    }

    private void goOn(Throwable failure) {
        if (failure == null) {
            executor.execute(this::next);
        } else {
            passed.complete(EngineHooks.refusal(NamespaceConnect.cause(failure), headers.list()));
        }
    }
}
