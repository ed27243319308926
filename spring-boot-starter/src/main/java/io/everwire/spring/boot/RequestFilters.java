package io.everwire.spring.boot;

import io.everwire.OpeningRequest;
import io.everwire.RequestFilter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.springframework.util.function.SingletonSupplier;

/** Asks all request filters of the application, one after the other; the first that rejects a request decides. */
final class RequestFilters implements RequestFilter.Async {
    /** The beans, created with the first request: they may need the server. */
    private final Supplier<List<RequestFilter.Async>> filters;

    RequestFilters(Supplier<List<RequestFilter.Async>> filters) {
        this.filters = SingletonSupplier.of(filters);
    }

    @Override
    public CompletionStage<?> on(OpeningRequest request) throws Exception {
        return ask(request, filters.get(), 0);
    }

    private static CompletionStage<?> ask(OpeningRequest request, List<RequestFilter.Async> filters, int next)
            throws Exception {
        if (next == filters.size()) {
            return CompletableFuture.completedFuture(null);
        }
        CompletionStage<?> answer = filters.get(next).on(request);
        if (next + 1 == filters.size()) {
            return answer;
        }
        return answer.thenCompose(accepted -> {
            try {
                return ask(request, filters, next + 1);
            } catch (Exception e) {
                return CompletableFuture.failedFuture(e);
            }
        });
    }

    /** Returns a filter that decides at once as one that decides later. */
    static RequestFilter.Async later(RequestFilter filter) {
        return request -> {
            filter.on(request);
            return CompletableFuture.completedFuture(null);
        };
    }
}
