package io.everwire.testkit.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.HandlerMode;
import io.everwire.RefusedException;
import io.everwire.ServerOptions;
import io.everwire.testkit.TestExchange;
import io.everwire.testkit.TestServer;
import io.everwire.testkit.TestWebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that the application allows to open a connection. */
class AllowRequestTest {
    private static final String OPEN = "/socket.io/?EIO=4&transport=polling";
    private static final String LINE = "/socket.io/?EIO=4&transport=websocket";

    private final List<String> reported = new ArrayList<>();
    private final CompletableFuture<Void> decision = new CompletableFuture<>();

    @ParameterizedTest
    @EnumSource
    void onlyRequestsThatOpenAConnectionAreAskedAbout(HandlerMode mode) {
        TestServer test = TestServer.create(ServerOptions.builder()
                .handlerMode(mode)
                .allowRequest(request -> reported.add(request.target()))
                .build());

        TestExchange opened = test.request("GET", OPEN).send();
        String sid = opened.response().body().toString().replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
        test.request("POST", OPEN + "&sid=" + sid).body("40").send();
        test.request("GET", OPEN + "&sid=" + sid).send();
        test.request("GET", OPEN + "&sid=unknown").send();
        test.webSocket(LINE);

        assertThat(reported).containsExactly(OPEN, LINE);
        assertThat(test.server().sockets()).hasSize(1);
    }

    @Test
    void aRefusalIsToldInTheWordsOfTheGeneration() {
        TestServer test = TestServer.create(ServerOptions.builder()
                .allowRequest(request -> {
                    throw new RefusedException("not today");
                })
                .build());

        TestExchange polling = test.request("GET", OPEN).send();
        TestExchange line = test.webSocket(LINE).request();

        assertThat(polling.response().status()).isEqualTo(403);
        assertThat(polling.response().body()).hasToString("{\"code\":4,\"message\":\"not today\"}");
        assertThat(line.response().status()).isEqualTo(400);
        assertThat(line.response().body()).hasToString("not today");
        assertThat(test.server().engine().clientsCount()).isZero();
    }

    @Test
    void whatElseIsThrownIsRefusedWithTheUsualWords() {
        TestServer test = TestServer.create(ServerOptions.builder()
                .allowRequestAsync(request -> CompletableFuture.failedFuture(new IllegalStateException("secret")))
                .build());

        assertThat(test.request("GET", OPEN).send().response().body())
                .hasToString("{\"code\":4,\"message\":\"Forbidden\"}");
    }

    @Test
    void theDecisionMayComeLater() {
        TestServer test = later(ServerOptions.builder());
        TestExchange polling = test.request("GET", OPEN).send();
        TestWebSocket line = test.webSocket(LINE);
        assertThat(polling.pending()).isTrue();
        assertThat(line.refused()).isTrue();
        assertThat(test.server().engine().clientsCount()).isZero();

        decision.complete(null);

        assertThat(polling.response().status()).isEqualTo(200);
        assertThat(line.received().get(0)).startsWith("0{");
        line.send("40");
        assertThat(test.server().sockets()).hasSize(1);
    }

    @Test
    void nothingIsOpenedForWhoWentAwayMeanwhile() {
        TestServer test = later(ServerOptions.builder());
        test.request("GET", OPEN).send().cancel();

        decision.complete(null);

        assertThat(test.server().engine().clientsCount()).isZero();
        assertThat(test.time().timers()).isZero();
    }

    @Test
    void noDecisionInTimeIsARefusal() {
        TestServer test = later(ServerOptions.builder().connectTimeout(Duration.ofSeconds(3)));
        TestExchange polling = test.request("GET", OPEN).send();

        test.advance(Duration.ofSeconds(3));
        assertThat(polling.response().status()).isEqualTo(503);
        decision.complete(null);

        assertThat(test.server().engine().clientsCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void thoseWhoWaitCountForTheLimit(boolean welcome) {
        TestServer test = later(ServerOptions.builder().maxSessions(1));
        test.request("GET", OPEN).send();
        assertThat(test.request("GET", OPEN).send().response().status()).isEqualTo(503);

        if (welcome) {
            decision.complete(null);
        } else {
            decision.completeExceptionally(new RefusedException("no"));
        }

        assertThat(test.request("GET", OPEN).send().response().status()).isEqualTo(welcome ? 503 : 403);
    }

    @Test
    void aServerThatClosedMeanwhileLetsNobodyIn() {
        TestServer test = later(ServerOptions.builder());
        TestExchange polling = test.request("GET", OPEN).send();

        test.close();
        decision.complete(null);

        assertThat(polling.response().status()).isEqualTo(503);
        assertThat(test.server().engine().clientsCount()).isZero();
    }

    @Test
    void anOriginThatIsNotAllowedIsNotAskedAbout() {
        TestServer test = TestServer.create(ServerOptions.builder()
                .allowRequest(request -> reported.add("asked"))
                .build());

        TestExchange polling = test.request("GET", OPEN)
                .header("Origin", "http://evil.example")
                .send();

        assertThat(polling.response().status()).isEqualTo(403);
        assertThat(reported).isEmpty();
    }

    private TestServer later(ServerOptions.Builder options) {
        return TestServer.create(options.allowRequestAsync(request -> decision).build());
    }
}
