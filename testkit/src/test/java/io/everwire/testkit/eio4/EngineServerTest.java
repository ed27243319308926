package io.everwire.testkit.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.ConnectionError;
import io.everwire.CookieOptions;
import io.everwire.EngineServer;
import io.everwire.HandlerMode;
import io.everwire.HttpRefusedException;
import io.everwire.Refusal;
import io.everwire.RefusedException;
import io.everwire.Registration;
import io.everwire.ServerOptions;
import io.everwire.testkit.TestExchange;
import io.everwire.testkit.TestResponse;
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

/** Features below namespaces: cookie, headers, middleware of requests, ids, listeners of rejected requests. */
class EngineServerTest {
    private static final String OPEN = "/socket.io/?EIO=4&transport=polling";
    private static final String LINE = "/socket.io/?EIO=4&transport=websocket";

    private final List<String> reported = new ArrayList<>();
    private final List<ConnectionError> errors = new ArrayList<>();
    private final TestServer test = TestServer.create();
    private final EngineServer engine = test.server().engine();

    @Test
    void theCookieIsSetByTheAnswerThatOpensAConnectionAndByNoOther() {
        TestServer sticky = TestServer.create(
                ServerOptions.builder().cookie(CookieOptions.DEFAULTS).build());

        TestResponse opened = sticky.request("GET", OPEN).send().response();
        String sid = sid(opened.text());
        TestExchange posted =
                sticky.request("POST", OPEN + "&sid=" + sid).body("40").send();
        TestExchange polled = sticky.request("GET", OPEN + "&sid=" + sid).send();
        TestExchange unknown = sticky.request("GET", OPEN + "&sid=unknown").send();

        assertThat(opened.header("Set-Cookie")).isEqualTo("io=" + sid + "; Path=/; HttpOnly; SameSite=Lax");
        for (TestExchange other : List.of(posted, polled, unknown)) {
            assertThat(other.response().header("Set-Cookie")).isNull();
        }
        assertThat(sticky.server().sockets()).doesNotContainKey(sid);
    }

    @Test
    void aWebSocketThatOpensAConnectionNeedsNone() {
        TestServer sticky = TestServer.create(
                ServerOptions.builder().cookie(CookieOptions.DEFAULTS).build());

        TestWebSocket line = sticky.webSocket(LINE);

        assertThat(line.grantedWith("Set-Cookie")).isNull();
    }

    @Test
    void withoutTheOptionThereIsNoCookie() {
        assertThat(open().header("Set-Cookie")).isNull();
    }

    @Test
    void initialHeadersAreOfTheFirstAnswerAndHeadersOfEach() {
        engine.onInitialHeaders((headers, request) -> headers.set("X-First", request.target()));
        engine.onHeaders((headers, request) -> headers.set("X-Each", request.method()));

        TestResponse opened = open();
        TestResponse posted = test.request("POST", OPEN + "&sid=" + sid(opened.text()))
                .body("40")
                .send()
                .response();
        TestWebSocket line = test.webSocket(LINE + "&sid=" + sid(opened.text()));

        assertThat(opened.header("X-First")).isEqualTo(OPEN);
        assertThat(opened.header("X-Each")).isEqualTo("GET");
        assertThat(posted.header("X-First")).isNull();
        assertThat(posted.header("X-Each")).isEqualTo("POST");
        assertThat(line.grantedWith("X-Each")).isEqualTo("GET");
        assertThat(line.grantedWith("X-First")).isNull();
    }

    @Test
    void listenersOfHeadersAreCalledOnceForEachAnswerAndForNoRefusal() {
        engine.onInitialHeaders((headers, request) -> reported.add("initial"));
        engine.onHeaders((headers, request) -> reported.add("headers"));

        String sid = sid(open().text());
        assertThat(reported).containsExactly("initial", "headers");
        test.request("POST", OPEN + "&sid=" + sid).body("40").send();
        TestExchange poll = test.request("GET", OPEN + "&sid=" + sid).send();
        TestExchange pending = test.request("GET", OPEN + "&sid=" + sid).send();
        assertThat(poll.response().status()).isEqualTo(200);
        assertThat(pending.pending()).isTrue();
        assertThat(reported).containsExactly("initial", "headers", "headers", "headers", "headers");
        test.server().emit("e");
        test.request("GET", OPEN + "&sid=unknown").send();
        test.request("GET", OPEN + "x").send();
        assertThat(reported).as("a poll and rejected requests").hasSize(5);
        test.webSocket(LINE).send("40");
        assertThat(reported).hasSize(7).endsWith("initial", "headers");
        test.webSocket(LINE + "&sid=" + sid).send("2probe").send("5");
        assertThat(reported).hasSize(8).endsWith("initial", "headers", "headers");
    }

    @Test
    void aHeaderTakesThePlaceOfTheServersOwnAndOfOneSetBefore() {
        engine.onInitialHeaders((headers, request) -> headers.set("Cache-Control", "private"));
        engine.onHeaders((headers, request) -> headers.set("cache-control", "no-cache")
                .add("Set-Cookie", "a=1")
                .add("Set-Cookie", "b=2"));

        TestResponse opened = open();

        assertThat(values(opened, "cache-control")).containsExactly("no-cache");
        assertThat(values(opened, "Set-Cookie")).containsExactly("a=1", "b=2");
    }

    @Test
    void aListenerThatFailsOrIsRemovedChangesNothing() {
        engine.onHeaders((headers, request) -> {
            throw new IllegalStateException("broken");
        });
        Registration removed = engine.onHeaders((headers, request) -> headers.set("X-Removed", "yes"));
        removed.remove();
        engine.onHeaders((headers, request) -> headers.set("X-Kept", "yes"));

        TestResponse opened = open();

        assertThat(opened.status()).isEqualTo(200);
        assertThat(opened.header("X-Removed")).isNull();
        assertThat(opened.header("X-Kept")).isEqualTo("yes");
    }

    @ParameterizedTest
    @EnumSource
    void middlewareSeesEveryRequestInOrderButForPreflights(HandlerMode mode) {
        TestServer server =
                TestServer.create(ServerOptions.builder().handlerMode(mode).build());
        server.server().engine().use((request, headers) -> reported.add("1 " + request.method()));
        server.server().engine().useAsync((request, headers) -> {
            reported.add("2 " + request.method());
            return CompletableFuture.completedFuture(null);
        });

        TestResponse opened = server.request("GET", OPEN).send().response();
        server.request("POST", OPEN + "&sid=" + sid(opened.text())).body("40").send();
        server.webSocket(LINE);
        server.request("OPTIONS", OPEN)
                .header("Origin", "http://localhost")
                .header("Access-Control-Request-Method", "POST")
                .send();

        assertThat(reported).containsExactly("1 GET", "2 GET", "1 POST", "2 POST", "1 GET", "2 GET");
        assertThat(server.server().sockets()).hasSize(1);
        assertThat(server.server().engine().clientsCount()).isEqualTo(2);
    }

    @Test
    void whatMiddlewareSetsIsOnTheAnswer() {
        engine.use((request, headers) -> headers.set("X-Frame-Options", "DENY"));

        assertThat(open().header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(test.request("GET", OPEN + "&sid=unknown").send().response().header("X-Frame-Options"))
                .isEqualTo("DENY");
        assertThat(test.webSocket(LINE).grantedWith("X-Frame-Options")).isEqualTo("DENY");
    }

    @Test
    void middlewareMayAnswerItself() {
        engine.use((request, headers) -> {
            headers.set("WWW-Authenticate", "Basic");
            throw new HttpRefusedException(401, "who are you?");
        });
        engine.use((request, headers) -> reported.add("behind it"));

        TestResponse refused = open();
        TestResponse line = test.webSocket(LINE).request().response();

        for (TestResponse answer : List.of(refused, line)) {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.text()).isEqualTo("who are you?");
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Basic");
        }
        assertThat(reported).isEmpty();
        assertThat(engine.clientsCount()).isZero();
    }

    @Test
    void middlewareThatFailsIsABadRequest() {
        engine.use((request, headers) -> {
            throw new IllegalStateException("secret");
        });

        TestResponse refused = open();

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
        assertThat(test.webSocket(LINE).request().response().text()).isEqualTo("Bad request");
        assertThat(engine.clientsCount()).isZero();
    }

    @Test
    void middlewareMayRefuseInWordsOfItsOwn() {
        engine.use((request, headers) -> {
            throw new RefusedException("not from here");
        });

        assertThat(open().text()).isEqualTo("{\"code\":3,\"message\":\"not from here\"}");
    }

    @Test
    void aTransportThatIsNotServedDoesNotGoPastMiddleware() {
        engine.use((request, headers) -> {
            throw new HttpRefusedException(403, "no");
        });

        assertThat(test.request("GET", "/socket.io/?EIO=4&transport=webtransport")
                        .send()
                        .response()
                        .status())
                .isEqualTo(403);
    }

    @Test
    void middlewareThatDoesNotDecideInTimeIsARefusal() {
        TestServer hasty = TestServer.create(
                ServerOptions.builder().connectTimeout(Duration.ofSeconds(3)).build());
        CompletableFuture<Void> decision = new CompletableFuture<>();
        hasty.server().engine().useAsync((request, headers) -> decision);
        TestExchange polling = hasty.request("GET", OPEN).send();

        hasty.advance(Duration.ofSeconds(3));

        assertThat(polling.response().status()).isEqualTo(503);
        decision.complete(null);
        assertThat(hasty.server().engine().clientsCount()).isZero();
    }

    @Test
    void nothingIsOpenedForWhoWentAwayMeanwhile() {
        CompletableFuture<Void> decision = new CompletableFuture<>();
        engine.useAsync((request, headers) -> decision);
        test.request("GET", OPEN).send().cancel();

        decision.complete(null);

        assertThat(engine.clientsCount()).isZero();
        assertThat(test.time().timers()).isZero();
    }

    @Test
    void refusalsAreHeardOfWithTheNumbersOfTheReference() {
        engine.onConnectionError(errors::add);

        test.request("GET", "/socket.io/?EIO=4&transport=nothing").send();
        test.request("GET", OPEN + "&sid=unknown").send();
        test.request("POST", OPEN).send();
        test.request("GET", LINE).send();
        test.request("GET", OPEN).header("Origin", "http://evil.example").send();

        assertThat(errors).extracting(ConnectionError::code).containsExactly(0, 1, 2, 3, 4);
        assertThat(errors).extracting(ConnectionError::generation).containsOnly("eio4");
        assertThat(errors.get(1).request().target()).isEqualTo(OPEN + "&sid=unknown");
        assertThat(errors.get(1).refusal()).isEqualTo(Refusal.UNKNOWN_SESSION);
    }

    @Test
    void theWordsOfTheApplicationAreHeardOf() {
        TestServer strict = TestServer.create(ServerOptions.builder()
                .allowRequest(request -> {
                    throw new RefusedException("not today");
                })
                .build());
        strict.server().engine().onConnectionError(errors::add);

        strict.request("GET", OPEN).send();

        assertThat(errors).extracting(ConnectionError::message).containsExactly("not today");
        assertThat(errors).extracting(ConnectionError::code).containsExactly(4);
    }

    @Test
    void theApplicationMayMakeTheIds() {
        engine.generateId(request -> "server-7-0123456789abcdef");

        assertThat(sid(open().text())).isEqualTo("server-7-0123456789abcdef");
        assertThat(open().text()).as("an id in use").isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
        assertThat(engine.clientsCount()).isOne();

        engine.generateId(null);
        assertThat(open().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "with spaces in it, and commas", "../../../../../../../../x"})
    void anIdThatIsNoneIsABadRequest(String id) {
        engine.generateId(request -> id);

        assertThat(open().status()).isEqualTo(400);
        assertThat(engine.clientsCount()).isZero();
    }

    @Test
    void connectionsAreCountedWhetherTheyJoinedOrNot() {
        open();
        test.connect();
        TestWebSocket line = test.webSocket(LINE);
        assertThat(engine.clientsCount()).isEqualTo(3);

        line.close();

        assertThat(engine.clientsCount()).isEqualTo(2);
    }

    private TestResponse open() {
        return test.request("GET", OPEN).send().response();
    }

    private static String sid(String open) {
        return open.replaceAll("(?s).*\"sid\":\"([^\"]+)\".*", "$1");
    }

    private static List<String> values(TestResponse answer, String name) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < answer.headers().size(); i += 2) {
            if (answer.headers().get(i).equalsIgnoreCase(name)) {
                values.add(answer.headers().get(i + 1));
            }
        }
        return values;
    }
}
