package io.everwire;

import io.everwire.engine.Doorkeeper;
import io.everwire.protocol.RequestHead;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the application about requests that would open a connection, where handlers run. */
final class RequestDoor implements Doorkeeper {
    private static final Logger log = LoggerFactory.getLogger(RequestDoor.class);

    private final RequestFilter.Async filter;
    private final long patience;
    private final Executor executor;

    RequestDoor(RequestFilter.Async filter, long patience, Executor executor) {
        this.filter = filter;
        this.patience = patience;
        this.executor = executor;
    }

    @Override
    public long patience() {
        return patience;
    }

    @Override
    public CompletionStage<Answer> ask(RequestHead head) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        executor.execute(() -> {
            try {
                Objects.requireNonNull(filter.on(head), "allowRequest returned no stage")
                        .whenComplete((done, failure) -> answer.complete(
                                failure == null ? Answer.WELCOME : refusal(NamespaceConnect.cause(failure))));
            } catch (Throwable e) {
                answer.complete(refusal(e));
            }
        });
        return answer;
    }

    private static Answer refusal(Throwable failure) {
        if (failure instanceof RefusedException refusal) {
            return new Answer(false, refusal.getMessage());
        }
        log.error("allowRequest failed", failure);
        return new Answer(false, null);
    }
}
