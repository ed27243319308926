package io.everwire.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ExchangeStateTest {
    private static final int RACES = 10_000;

    @Test
    @DisplayName("a response that is known in the filter is written there, without asynchronous processing")
    void answeredInFilter() {
        ExchangeState state = new ExchangeState();
        assertThat(state.answer()).isTrue();
        assertThat(state.answered()).isTrue();
        state.endInFilter();
        assertThat(state.beginWrite()).isFalse();
        assertThat(state.fail()).isFalse();
    }

    @Test
    @DisplayName("a response that becomes known while the filter goes asynchronous is sent by the filter's thread")
    void answeredMeanwhile() {
        ExchangeState state = new ExchangeState();
        assertThat(state.answer()).isTrue();
        assertThat(state.async()).isTrue();
        assertThat(state.beginWrite()).isTrue();
        assertThat(state.endWrite()).isTrue();
        ExchangeState other = new ExchangeState();
        assertThat(other.async()).isFalse();
        assertThat(other.answer()).isFalse();
    }

    @Test
    @DisplayName(
            "the answer, onError and onTimeout race 10,000 times: one of them completes, and nobody writes afterwards")
    void race() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        CyclicBarrier begin = new CyclicBarrier(3);
        AtomicInteger wrong = new AtomicInteger();
        AtomicInteger answered = new AtomicInteger();
        try {
            for (int i = 0; i < RACES; i++) {
                // A writer of a busy machine may need more turns than the container's thread waits for.
                ExchangeState state = new ExchangeState(Integer.MAX_VALUE);
                state.async();
                AtomicInteger completed = new AtomicInteger();
                AtomicBoolean writing = new AtomicBoolean();
                List<Future<?>> all = new ArrayList<>();
                all.add(threads.submit(() -> {
                    begin.await();
                    if (state.beginWrite()) {
                        writing.set(true);
                        if (completed.get() != 0) {
                            wrong.incrementAndGet();
                        }
                        writing.set(false);
                        state.complete();
                        completed.incrementAndGet();
                        answered.incrementAndGet();
                    }
                    return null;
                }));
                for (int listener = 0; listener < 2; listener++) {
                    all.add(threads.submit(() -> {
                        begin.await();
                        if (state.fail()) {
                            completed.incrementAndGet();
                        }
                        if (writing.get()) {
                            // The container would recycle the request after this call.
                            wrong.incrementAndGet();
                        }
                        return null;
                    }));
                }
                for (Future<?> each : all) {
                    each.get();
                }
                if (completed.get() != 1 || !state.isDone()) {
                    wrong.incrementAndGet();
                }
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(wrong).hasValue(0);
        assertThat(answered.get()).isBetween(1, RACES - 1);
    }

    @Test
    @DisplayName("pieces and a failure race 10,000 times: exactly one side completes")
    void pieces() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        CyclicBarrier begin = new CyclicBarrier(2);
        AtomicInteger wrong = new AtomicInteger();
        try {
            for (int i = 0; i < RACES; i++) {
                ExchangeState state = new ExchangeState();
                state.async();
                AtomicInteger completed = new AtomicInteger();
                Future<?> writer = threads.submit(() -> {
                    begin.await();
                    for (int piece = 0; piece < 20 && state.beginWrite(); piece++) {
                        if (!state.endWrite()) {
                            completed.incrementAndGet();
                        }
                    }
                    return null;
                });
                Future<?> failure = threads.submit(() -> {
                    begin.await();
                    if (state.fail()) {
                        completed.incrementAndGet();
                    }
                    return null;
                });
                writer.get();
                failure.get();
                if (completed.get() != 1) {
                    wrong.incrementAndGet();
                }
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(wrong).hasValue(0);
    }
}
