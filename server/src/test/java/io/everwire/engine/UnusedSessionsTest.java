package io.everwire.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Response;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.wire.RecordedHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Unused sessions are closed after {@code unusedTimeout}; those of clients that may be connected are spared. */
class UnusedSessionsTest {
    private static final int TIMEOUT = 20_000;

    private final List<String> told = new ArrayList<>();
    private final StubGeneration generation = new StubGeneration("stub", told);
    private final ManualEventLoop loop = new ManualEventLoop();
    private long now;
    private final Engine engine = new Engine(
            new EngineOptions(
                    "/socket.io",
                    SessionOptions.DEFAULTS,
                    Origins.SAME,
                    100,
                    List.of(),
                    Compression.NONE,
                    true,
                    Map.of(),
                    TrustedProxies.NONE,
                    MemoryLimits.NONE,
                    Integer.MAX_VALUE,
                    TIMEOUT),
            List.of(generation),
            (opened, head) -> new IgnoringClient(),
            () -> now);

    private StubExchange open(ManualEventLoop on) {
        StubExchange exchange = new StubExchange(RecordedHead.get("/socket.io/stub"), on);
        on.inside(() -> engine.serve(exchange));
        return exchange;
    }

    private StubExchange openAndAnswer() {
        StubExchange exchange = open(loop);
        exchange.reply(new Response(200, List.of(), Bytes.EMPTY));
        return exchange;
    }

    private void expire() {
        now += TIMEOUT;
        loop.fire(loop.timers().size() - 1);
        loop.run();
    }

    @Test
    void aSessionWhoseConnectionIsGoneIsClosed() {
        openAndAnswer();

        expire();

        assertThat(told).last().isEqualTo("close: " + CloseReason.TRANSPORT_ERROR);
        assertThat(engine.size()).isZero();
    }

    @Test
    void anUnansweredRequestSparesItsSession() {
        StubExchange stream = open(loop);
        expire();
        assertThat(engine.size()).isEqualTo(1);

        stream.reply(new Response(200, List.of(), Bytes.EMPTY));
        expire();

        assertThat(engine.size()).isZero();
    }

    @Test
    void anOpenConnectionSparesItsSession() {
        StubExchange exchange = openAndAnswer();
        exchange.connected = true;
        expire();
        assertThat(engine.size()).isEqualTo(1);

        exchange.connected = false;
        expire();

        assertThat(engine.size()).isZero();
    }

    @Test
    void aBodyThatArrivesSparesItsSessionAndIsAUseWhenItIsComplete() {
        EngineSession session = Objects.requireNonNull(openAndAnswer().session);
        StubExchange post = new StubExchange(RecordedHead.of("POST", "/socket.io/stub/" + session.sid()), loop);
        loop.inside(() -> engine.serve(post));
        session.openPosts(1);
        expire();
        assertThat(engine.size()).isEqualTo(1);

        session.openPosts(-1);
        expire();
        assertThat(engine.size()).as("the body never came").isZero();
    }

    @Test
    void aCompleteBodyIsAUse() {
        EngineSession session = Objects.requireNonNull(openAndAnswer().session);
        StubExchange post = new StubExchange(RecordedHead.of("POST", "/socket.io/stub/" + session.sid()), loop);
        loop.inside(() -> engine.serve(post));
        loop.inside(() -> session.body(post, Bytes.EMPTY));

        expire();

        assertThat(engine.size()).isEqualTo(1);
    }

    /** The timer of an event loop that shuts down never expires. */
    @Test
    void aLostTimerIsReplaced() {
        StubExchange lost = open(new ManualEventLoop());
        lost.reply(new Response(200, List.of(), Bytes.EMPTY));
        now += 2 * TIMEOUT + 1;
        assertThat(loop.timers()).isEmpty();

        openAndAnswer();

        assertThat(loop.timers()).containsExactly((long) TIMEOUT);
    }

    @Test
    void oneTimerServesAllSessions() {
        for (int i = 0; i < 10; i++) {
            openAndAnswer();
            now += 10;
        }
        assertThat(loop.timers()).hasSize(1);
    }
}
