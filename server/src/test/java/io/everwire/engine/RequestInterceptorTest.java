package io.everwire.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.ReachedLimit;
import io.everwire.protocol.Refusal;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.Response;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.wire.RecordedHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestInterceptorTest {
    private final List<String> told = new ArrayList<>();
    private final ManualEventLoop loop = new ManualEventLoop();
    private @Nullable CompletableFuture<Verdict> every;
    private @Nullable CompletableFuture<Verdict> opening = new CompletableFuture<>();
    private boolean admits = true;
    private final Engine engine = new Engine(
            new EngineOptions("/socket.io", SessionOptions.DEFAULTS, Origins.SAME, 2, null),
            List.of(new StubGeneration("stub", told)),
            (opened, head) -> new IgnoringClient(),
            () -> 0,
            new Asking(),
            null);

    @Test
    void aRequestWithoutAVerdictToWaitForIsHandledAtOnce() {
        opening = null;

        assertThat(serve("/socket.io/stub").session).isNotNull();
        assertThat(loop.timers()).isEmpty();
    }

    @Test
    void anAcceptedRequestIsHandledOnItsEventLoopAndHasTheHeadersOfTheVerdicts() {
        every = new CompletableFuture<>();
        StubExchange exchange = serve("/socket.io/stub");
        every.complete(Verdict.accept(List.of("A", "1")));
        assertThat(exchange.headers).isEmpty();
        loop.run();
        Objects.requireNonNull(opening).complete(Verdict.accept(List.of("B", "2")));
        assertThat(exchange.session).isNull();
        loop.run();

        assertThat(exchange.session).isNotNull();
        assertThat(exchange.headers).containsExactly("A", "1", "B", "2", "Opening", "yes");
        assertThat(loop.timers()).isEmpty();
    }

    @Test
    void aVerdictMayAnswerTheRequest() {
        Response response = new Response(302, List.of("Location", "/"), Bytes.EMPTY);
        StubExchange exchange = serve("/socket.io/stub");
        Objects.requireNonNull(opening).complete(Verdict.respond(List.of("A", "1"), response));
        loop.run();

        assertThat(exchange.response).isSameAs(response);
        assertThat(exchange.headers).containsExactly("A", "1");
        assertThat(engine.size()).isZero();
    }

    @Test
    void aVerdictMayRejectTheRequest() {
        StubExchange exchange = serve("/socket.io/stub");
        Objects.requireNonNull(opening).complete(Verdict.reject(List.of(), Refusal.FORBIDDEN, "no"));
        loop.run();

        assertThat(Objects.requireNonNull(exchange.response).body()).hasToString("FORBIDDEN");
        assertThat(told).containsExactly("rejected stub FORBIDDEN no");
    }

    @Test
    void aVerdictThatTakesTooLongRejectsTheRequestAsOverloaded() {
        StubExchange exchange = serve("/socket.io/stub");
        assertThat(loop.timers()).containsExactly(500L);
        loop.fire(0);
        Objects.requireNonNull(opening).complete(Verdict.accept());
        loop.run();

        assertThat(told).containsExactly("rejected stub OVERLOADED null");
        assertThat(exchange.session).isNull();
        assertThat(engine.size()).isZero();
    }

    @Test
    void aRequestThatWaitsForItsVerdictCountsAsASession() {
        serve("/socket.io/stub");
        serve("/socket.io/stub");
        serve("/socket.io/stub");
        assertThat(told).containsExactly("rejected stub OVERLOADED maxSessions: the limit is 2, not 3");

        Objects.requireNonNull(opening).complete(Verdict.reject(List.of(), Refusal.FORBIDDEN, null));
        loop.run();
        opening = null;
        assertThat(serve("/socket.io/stub").session).isNotNull();
    }

    @Test
    void aPeerAboveItsLimitIsRejectedWithoutAVerdict() {
        admits = false;

        serve("/socket.io/stub");

        assertThat(told).containsExactly("rejected stub OVERLOADED maxUnconnected: the limit is 1, not 2");
        assertThat(loop.timers()).isEmpty();
    }

    /** Middleware may act for the page's visitor, and its own response may be one that the page can read. */
    @Test
    void aPageThatIsNotListedReachesNoInterceptor() {
        every = CompletableFuture.completedFuture(
                Verdict.respond(List.of(), new Response(200, List.of(), Bytes.utf8("secret"))));
        RecordedHead head = RecordedHead.get("/socket.io/stub", "Host", "h", "Origin", "http://evil.example.com");
        StubExchange exchange = new StubExchange(head, loop);
        loop.inside(() -> assertThat(engine.serve(exchange)).isTrue());
        loop.run();

        assertThat(Objects.requireNonNull(exchange.response).body()).hasToString("FORBIDDEN");
        assertThat(told).containsExactly("rejected stub FORBIDDEN null");
    }

    private StubExchange serve(String target) {
        StubExchange exchange = new StubExchange(RecordedHead.get(target), loop);
        loop.inside(() -> assertThat(engine.serve(exchange)).isTrue());
        return exchange;
    }

    private final class Asking implements RequestInterceptor {
        @Override
        public @Nullable CompletionStage<Verdict> intercept(RequestHead head) {
            return every;
        }

        @Override
        public @Nullable CompletionStage<Verdict> interceptOpening(RequestHead head) {
            return opening;
        }

        @Override
        public long timeoutMillis() {
            return 500;
        }

        @Override
        public @Nullable ReachedLimit reached(RequestHead head) {
            return admits ? null : new ReachedLimit("maxUnconnected", 1, 2);
        }

        @Override
        public List<String> openingHeaders(RequestHead head, String sid) {
            return List.of("Opening", "yes");
        }

        @Override
        public void rejected(RequestHead head, String generation, Refusal refusal, @Nullable String message) {
            told.add("rejected " + generation + " " + refusal + " " + message);
        }
    }
}
