package io.everwire.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.wire.RecordedHead;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

/** An engine knows the event loops of its hosts, whether or not sessions run on them. */
class EventLoopsTest {
    private final List<String> told = new ArrayList<>();
    private final ManualEventLoop loop = new ManualEventLoop();
    private final ManualEventLoop other = new ManualEventLoop();
    private final Engine engine = new Engine(
            new EngineOptions("/socket.io", SessionOptions.DEFAULTS, Origins.SAME, 10, null),
            List.of(new StubGeneration("stub", told)),
            (opened, head) -> new IgnoringClient(),
            () -> 0);

    private Engine engineOf(EngineObserver observer) {
        return new Engine(
                engine.options(),
                List.of(new StubGeneration("stub", told)),
                (opened, head) -> new IgnoringClient(),
                () -> 0,
                RequestInterceptor.NONE,
                observer);
    }

    @Test
    void noThreadIsAnEventLoopAtFirst() {
        loop.inside(() -> assertThat(engine.inLoop()).isFalse());
    }

    @Test
    void aRegisteredEventLoopIsKnown() {
        engine.add(loop);
        engine.add(loop);

        assertThat(engine.inLoop()).isFalse();
        loop.inside(() -> assertThat(engine.inLoop()).isTrue());
        other.inside(() -> assertThat(engine.inLoop()).isFalse());
    }

    @Test
    void theEventLoopOfAWebSocketIsKnown() {
        StubExchange exchange = new StubExchange(RecordedHead.webSocket("/socket.io/stub"), loop);
        loop.inside(() -> engine.serve(exchange));
        Objects.requireNonNull(exchange.upgradedTo).lineOpened(new StubLine("line", other, told));

        other.inside(() -> assertThat(engine.inLoop()).isTrue());
    }

    @Test
    void anEventLoopHasNoTimerForAnObserverThatDoesNotReadItsLag() {
        engineOf(new EngineObserver() {}).add(loop);

        assertThat(loop.timers()).isEmpty();
    }

    @Test
    void theLagIsMeasuredUntilTheEngineCloses() {
        List<Long> lags = new ArrayList<>();
        Engine observed = engineOf(new EngineObserver() {
            @Override
            public LongConsumer loopLag() {
                return lags::add;
            }
        });
        observed.add(loop);
        loop.fire(0);
        loop.fire(1);
        assertThat(observed.close()).isCompleted();
        loop.fire(2);

        // The timers of this event loop fire at once, and are not late.
        assertThat(lags).containsExactly(0L, 0L);
        assertThat(loop.timers()).hasSize(3);
    }

    @Test
    void anEventLoopIsNotHeld() {
        EventLoops loops = new EventLoops(null);
        WeakReference<EventLoop> reference = new WeakReference<>(new ManualEventLoop());
        loops.add(Objects.requireNonNull(reference.get()));
        for (int i = 0; i < 100 && reference.get() != null; i++) {
            System.gc();
        }
        loops.add(loop);

        assertThat(reference.get()).isNull();
        loop.inside(() -> assertThat(loops.inLoop()).isTrue());
    }
}
