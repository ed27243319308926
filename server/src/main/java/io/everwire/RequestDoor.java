package io.everwire;

import io.everwire.engine.Verdict;
import io.everwire.protocol.Refusal;
import io.everwire.protocol.RequestHead;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the application about requests that would open a connection, where handlers run. */
final class RequestDoor {
    private static final Logger log = LoggerFactory.getLogger(RequestDoor.class);

    private final RequestFilter.Async filter;
    private final Executor executor;

    RequestDoor(RequestFilter.Async filter, Executor executor) {
        this.filter = filter;
        this.executor = executor;
    }

    CompletionStage<Verdict> ask(RequestHead head) {
        CompletableFuture<Verdict> answer = new CompletableFuture<>();
        executor.execute(() -> {
            try {
                Objects.requireNonNull(filter.on(head), "allowRequest returned no stage")
                        .whenComplete((done, failure) -> answer.complete(
                                failure == null ? Verdict.accept() : refusal(NamespaceConnect.cause(failure))));
            } catch (Throwable e) {
                answer.complete(refusal(e));
            }
        });
        return answer;
    }

    private static Verdict refusal(Throwable failure) {
        if (failure instanceof RefusedException refusal) {
            return Verdict.reject(List.of(), Refusal.FORBIDDEN, refusal.getMessage());
        }
        log.error("allowRequest failed", failure);
        return Verdict.reject(List.of(), Refusal.FORBIDDEN, null);
    }
}
