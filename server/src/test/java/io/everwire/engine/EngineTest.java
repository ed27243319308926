package io.everwire.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.protocol.CloseReason;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.wire.RecordedHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class EngineTest {
    private final List<String> told = new ArrayList<>();
    private final StubGeneration one = new StubGeneration("one", told);
    private final StubGeneration two = new StubGeneration("two", told);
    private final ManualEventLoop loop = new ManualEventLoop();
    private final List<EngineSession> sessions = new ArrayList<>();
    private final Engine engine = new Engine(
            new EngineOptions("/socket.io", SessionOptions.DEFAULTS, Origins.SAME, 2, "4.8.4"),
            List.of(one, two),
            (session, head) -> {
                sessions.add(session);
                return new IgnoringClient();
            },
            () -> 0);

    @Test
    void aRequestOutsideThePathIsTheApplications() {
        for (String target : List.of(
                "/", "", "*", "/socket.io", "/socket.iox", "/socket.iox/one", "/x/socket.io/one", "/SOCKET.IO/one")) {
            assertThat(engine.serve(exchange(target))).as(target).isFalse();
        }
    }

    @Test
    void theSlashBehindThePathMayBeLeftOutIfThatIsWanted() {
        Engine lenient = new Engine(
                new EngineOptions(
                        "/socket.io",
                        SessionOptions.DEFAULTS,
                        Origins.SAME,
                        2,
                        List.of("4.8.4"),
                        Compression.NONE,
                        false,
                        Map.of(),
                        TrustedProxies.NONE,
                        MemoryLimits.NONE,
                        Integer.MAX_VALUE,
                        0),
                List.of(one, two),
                (session, head) -> new IgnoringClient(),
                () -> 0);

        assertThat(lenient.serve(exchange("/socket.io/one"))).isTrue();
        assertThat(lenient.serve(exchange("/socket.io?x"))).isEqualTo(lenient.serve(exchange("/socket.io/?x")));
        assertThat(lenient.serve(exchange("/socket.iox/one"))).isFalse();
        assertThat(lenient.serve(exchange("/socket.iox"))).isFalse();
    }

    @Test
    void aRequestThatNoGenerationClaimsIsTheApplications() {
        StubExchange exchange = exchange("/socket.io/three");

        assertThat(engine.serve(exchange)).isFalse();
        assertThat(exchange.response).isNull();
        assertThat(exchange.headers).isEmpty();
    }

    @Test
    void aRequestOpensASessionOfTheGenerationThatClaimsIt() {
        StubExchange exchange = serve("/socket.io/two");

        assertThat(exchange.session).isSameAs(sessions.get(0));
        assertThat(sessions.get(0).generation()).isSameAs(two);
        assertThat(told).containsExactly("request /socket.io/two");
        assertThat(engine.size()).isOne();
    }

    @Test
    void aRequestThatResumesReachesItsSession() {
        serve("/socket.io/one");

        StubExchange exchange = serve("/socket.io/one/" + sessions.get(0).sid());

        assertThat(exchange.session).isSameAs(sessions.get(0));
        assertThat(engine.size()).isOne();
    }

    @Test
    void anUnknownSidAndOneOfAnotherGenerationAreRefusedAlike() {
        serve("/socket.io/one");
        String sid = sessions.get(0).sid();

        for (String target : List.of("/socket.io/one/guessed", "/socket.io/two/" + sid, "/socket.io/one/")) {
            assertThat(refusal(serve(target))).as(target).isEqualTo("UNKNOWN_SESSION");
        }
    }

    @Test
    void aSidIsUnknownOnceItsSessionHasEnded() {
        serve("/socket.io/one");
        loop.inside(() -> sessions.get(0).close(CloseReason.FORCED_CLOSE));

        assertThat(refusal(serve("/socket.io/one/" + sessions.get(0).sid()))).isEqualTo("UNKNOWN_SESSION");
        assertThat(engine.size()).isZero();
    }

    @Test
    void aRequestThatAGenerationRejectsOpensNoSession() {
        assertThat(refusal(serve("/socket.io/one!"))).isEqualTo("BAD_REQUEST");
        assertThat(engine.size()).isZero();
    }

    @Test
    void aForeignPageOpensNothingNorReachesAnything() {
        serve("/socket.io/one");
        String[] foreign = {"Origin", "http://evil.example.com", "Host", "chat.example.com"};

        assertThat(refusal(serve("/socket.io/one", foreign))).isEqualTo("FORBIDDEN");
        assertThat(refusal(serve("/socket.io/one/" + sessions.get(0).sid(), foreign)))
                .isEqualTo("FORBIDDEN");
        StubExchange upgrade = new StubExchange(RecordedHead.webSocket("/socket.io/one", foreign), loop);
        loop.inside(() -> engine.serve(upgrade));
        assertThat(refusal(upgrade)).isEqualTo("FORBIDDEN");
        assertThat(upgrade.upgradedTo).isNull();
        assertThat(engine.size()).isOne();
    }

    @Test
    void oneSessionTooManyIsRefusedUntilAnotherEnds() {
        serve("/socket.io/one");
        serve("/socket.io/two");

        assertThat(refusal(serve("/socket.io/one"))).isEqualTo("OVERLOADED");

        loop.inside(() -> sessions.get(0).close(CloseReason.FORCED_CLOSE));
        assertThat(serve("/socket.io/one").response).isNull();
    }

    /** Sessions with an unanswered request are in use. Each new session looks at some of them, not at all. */
    @Test
    void theSearchForUnusedSessionsIsLimited() {
        Engine crowded = new Engine(
                new EngineOptions(
                        "/socket.io",
                        SessionOptions.DEFAULTS,
                        Origins.SAME,
                        10_000,
                        List.of("4.8.4"),
                        Compression.NONE,
                        true,
                        Map.of(),
                        TrustedProxies.NONE,
                        MemoryLimits.NONE,
                        10,
                        0),
                List.of(one, two),
                (session, head) -> new IgnoringClient(),
                () -> 0);
        List<StubExchange> requests = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            requests.add(exchange("/socket.io/one"));
            loop.inside(() -> crowded.serve(requests.get(requests.size() - 1)));
        }

        assertThat(crowded.size()).isEqualTo(1_000);
        assertThat(requests.stream().mapToInt(request -> request.asked).sum()).isBetween(1_000, 70_000);
    }

    @Test
    void aPreflightIsAnsweredWithoutASession() {
        StubExchange exchange = new StubExchange(
                RecordedHead.of("OPTIONS", "/socket.io/one", "Access-Control-Request-Method", "POST"), loop);

        assertThat(engine.serve(exchange)).isTrue();

        assertThat(Objects.requireNonNull(exchange.response).status()).isEqualTo(204);
        assertThat(engine.size()).isZero();
    }

    @Test
    void closingEndsEverySessionAndLetsNoneIn() {
        serve("/socket.io/one");
        serve("/socket.io/two");
        told.clear();

        CompletableFuture<Void> closed = engine.close();
        assertThat(closed).isNotDone();
        loop.run();

        assertThat(closed).isCompleted();
        assertThat(told).containsExactlyInAnyOrder("close: server shutting down", "close: server shutting down");
        assertThat(refusal(serve("/socket.io/one"))).isEqualTo("OVERLOADED");
        assertThat(engine.close()).isCompleted();
    }

    @Test
    void closingAnEngineWithoutSessionsIsDoneAtOnce() {
        assertThat(engine.close()).isCompleted();
    }

    @Test
    void everySessionHasAnotherSid() {
        serve("/socket.io/one");
        serve("/socket.io/one");

        assertThat(sessions.get(0).sid()).isNotEqualTo(sessions.get(1).sid());
    }

    private StubExchange exchange(String target, String... headers) {
        return new StubExchange(RecordedHead.get(target, headers), loop);
    }

    private StubExchange serve(String target, String... headers) {
        StubExchange exchange = exchange(target, headers);
        loop.inside(() -> assertThat(engine.serve(exchange)).isTrue());
        return exchange;
    }

    private static String refusal(StubExchange exchange) {
        return Objects.requireNonNull(exchange.response).body().toString();
    }
}
