package io.everwire.engine;

import io.everwire.protocol.Generation;
import io.everwire.protocol.Refusal;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A request that would open a session and waits for the doorkeeper, on the loop of its connection. */
final class Opening {
    private final Engine engine;
    private final HostExchange exchange;
    private final Generation generation;
    private final AtomicInteger count;
    private @Nullable Future<?> timer;
    private boolean decided;

    /** @param count how many such requests there are */
    Opening(Engine engine, HostExchange exchange, Generation generation, AtomicInteger count) {
        this.engine = engine;
        this.exchange = exchange;
        this.generation = generation;
        this.count = count;
    }

    void ask(Doorkeeper doorkeeper) {
        count.incrementAndGet();
        timer = exchange.loop().schedule(this::tooLate, doorkeeper.patience());
        doorkeeper.ask(exchange.head()).thenAccept(answer -> {
            if (exchange.loop().inLoop()) {
                decide(answer);
            } else {
                exchange.loop().execute(() -> decide(answer));
            }
        });
    }

    private void decide(Doorkeeper.Answer answer) {
        if (!end()) {
            return;
        }
        if (answer.welcome()) {
            engine.begin(exchange, generation);
        } else {
            generation.refuse(exchange, Refusal.FORBIDDEN, answer.message());
        }
    }

    private void tooLate() {
        if (end()) {
            generation.refuse(exchange, Refusal.OVERLOADED, null);
        }
    }

    /** Whether it ends now, and somebody is still there who wants to know how. */
    private boolean end() {
        if (decided) {
            return false;
        }
        decided = true;
        count.decrementAndGet();
        if (timer != null) {
            timer.cancel(false);
        }
        return !exchange.abandoned();
    }
}
