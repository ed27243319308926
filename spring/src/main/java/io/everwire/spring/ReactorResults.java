package io.everwire.spring;

import java.util.concurrent.CompletionStage;
import org.springframework.core.ReactiveAdapter;
import reactor.core.publisher.Mono;

/** Subscribes to a publisher of one value. A class of its own, because Reactor is optional. */
final class ReactorResults {
    private ReactorResults() {}

    static CompletionStage<?> stage(ReactiveAdapter adapter, Object publisher) {
        return Mono.from(adapter.toPublisher(publisher)).toFuture();
    }
}
