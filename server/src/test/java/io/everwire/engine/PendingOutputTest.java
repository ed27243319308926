package io.everwire.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.wire.RecordedHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** B13: a client that keeps up is not closed because others take nothing. */
class PendingOutputTest {
    private static final int MAX_TOTAL = 100_000;

    private final AtomicLong now = new AtomicLong(5_000);
    private final ManualEventLoop loop = new ManualEventLoop();
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
                    new MemoryLimits(MAX_TOTAL, Long.MAX_VALUE, Long.MAX_VALUE),
                    Integer.MAX_VALUE,
                    0),
            List.of(new StubGeneration("stub", new ArrayList<>())),
            (opened, head) -> new IgnoringClient(),
            now::get,
            RequestInterceptor.NONE,
            null);
    private final EngineSession session = open();
    private final PendingOutput output = new PendingOutput(session, engine.budget());

    private EngineSession open() {
        StubExchange exchange = new StubExchange(RecordedHead.webSocket("/socket.io/stub"), loop);
        loop.inside(() -> engine.serve(exchange));
        return Objects.requireNonNull(exchange.upgradedTo);
    }

    @Test
    void aClientThatTookNothingForMoreThanASecondIsFirst() {
        output.inHost(20_000);
        now.addAndGet(1_000);
        assertThat(output.first()).isFalse();

        now.addAndGet(1);
        assertThat(output.first()).isTrue();
    }

    @Test
    void bytesThatAreAddedAreNotTaken() {
        output.inHost(20_000);
        now.addAndGet(900);
        output.inHost(30_000);
        output.inSession(40_000);
        now.addAndGet(101);

        assertThat(output.first()).isTrue();
    }

    @Test
    void aClientThatTakesSomeIsNotFirst() {
        output.inHost(20_000);
        output.inSession(40_000);
        now.addAndGet(5_000);
        output.inHost(19_000);
        assertThat(output.first()).isFalse();

        now.addAndGet(5_000);
        assertThat(output.first()).isTrue();
        output.inSession(39_000);
        assertThat(output.first()).isFalse();
    }

    @Test
    void theTimeBeginsWhenSomethingIsQueued() {
        output.inHost(20_000);
        output.inHost(0);
        now.addAndGet(5_000);
        output.inHost(0);
        output.inHost(20_000);

        assertThat(output.first()).isFalse();
    }

    @Test
    void aClientThatTakesNothingIsEvictedBeforeOneThatHoldsMore() {
        EngineSession keepsUp = open();
        PendingOutput more = new PendingOutput(keepsUp, engine.budget());
        output.inHost(30_000);
        more.inHost(60_000);
        now.addAndGet(1_001);
        more.inHost(50_000);
        more.inHost(75_000);
        loop.run();

        assertThat(send(session)).isEqualTo(DropCause.CLOSING);
        assertThat(send(keepsUp)).isNull();
    }

    @Test
    void ofClientsThatKeepUpTheOneThatHoldsMostIsEvicted() {
        EngineSession holdsMore = open();
        output.inHost(30_000);
        new PendingOutput(holdsMore, engine.budget()).inHost(75_000);
        loop.run();

        assertThat(send(session)).isNull();
        assertThat(send(holdsMore)).isEqualTo(DropCause.CLOSING);
    }

    private static DropCause send(EngineSession session) {
        return session.send(Encoded.text(Bytes.utf8("a")), Delivery.RELIABLE);
    }
}
