package io.everwire.spring;

import java.util.concurrent.CompletionStage;
import org.springframework.core.ReactiveAdapter;
import reactor.core.publisher.Mono;

/** Subscribes to a publisher of one value. A class of its own, because Reactor is optional. */
final class ReactorResults {
    private ReactorResults() {}

    static CompletionStage<?> stage(ReactiveAdapter adapter, Object publisher) {
        // Its operators run on other threads: with the context-propagation library, they have the observation and the
        // thread-local
        // values of the handler.
        return Mono.from(adapter.toPublisher(publisher)).contextCapture().toFuture();
    }
}
