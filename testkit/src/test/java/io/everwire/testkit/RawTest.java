package io.everwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.ServerOptions;
import io.everwire.engine.EventLoop;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.generations.Generations;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bytes in, bytes out: the view of a test that writes its own wire format. */
class RawTest {
    private final PollingGeneration generation = new PollingGeneration();
    private final TestServer test = TestServer.create(
            ServerOptions.builder().origins("https://app.example.com").build(),
            TestServer.installedCodec(),
            List.of(generation));

    @Test
    void aRequestThatIsNotTheServersIsPassedOn() {
        TestExchange exchange = test.request("GET", "/index.html").send();

        assertThat(exchange.passedOn()).isTrue();
        assertThat(exchange.pending()).isFalse();
        assertThatThrownBy(exchange::response)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("GET /index.html");
    }

    @Test
    void aRequestWaitsForItsAnswer() {
        TestExchange exchange = test.request("GET", "/socket.io/poll").send();

        assertThat(exchange.pending()).isTrue();
        assertThat(exchange.passedOn() || exchange.dropped()).isFalse();
        assertThatThrownBy(exchange::response).hasMessageContaining("it is pending");
    }

    @Test
    void anAnswerIsStatusHeadersAndBody() {
        TestResponse response = test.request("POST", "/socket.io/poll")
                .header("Origin", "https://app.example.com")
                .body("é")
                .send()
                .response();

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("content-type")).isEqualTo("text/plain");
        assertThat(response.header("access-control-allow-origin")).isEqualTo("https://app.example.com");
        assertThat(response.header("x-other")).isNull();
        assertThat(response.text()).isEqualTo("é");
    }

    @Test
    void aBodyMayBeBytesAndMayBeTooLarge() {
        TestRequest ten = test.request("POST", "/socket.io/poll").body(new byte[10]);
        TestRequest eleven = test.request("POST", "/socket.io/poll").body(new byte[11]);

        assertThat(ten.send().response().body()).isEqualTo(Bytes.of(new byte[10]));
        assertThat(eleven.send().response().status()).isEqualTo(413);
    }

    @Test
    void aHeadRequestIsAnsweredWithoutABody() {
        assertThat(test.request("HEAD", "/socket.io/poll").send().response().text())
                .isEmpty();
    }

    @Test
    void aDroppedRequestHasNoAnswer() {
        TestExchange exchange = test.request("DELETE", "/socket.io/poll").send();

        assertThat(exchange.dropped()).isTrue();
        assertThat(exchange.pending()).isFalse();
        assertThatThrownBy(exchange::response).hasMessageContaining("it was dropped");
    }

    @Test
    void whoGoesAwayIsNotAnswered() {
        TestExchange exchange = test.request("GET", "/socket.io/poll").send();

        exchange.cancel();
        exchange.cancel();

        assertThat(exchange.dropped()).isTrue();
        assertThat(generation.reported).containsExactly("GET", "gone");
    }

    @Test
    void anAnsweredRequestCannotGoAway() {
        TestExchange exchange =
                test.request("POST", "/socket.io/poll").body("x").send();

        exchange.cancel();

        assertThat(exchange.response().text()).isEqualTo("x");
        assertThat(generation.reported).containsExactly("POST");
    }

    @Test
    void aRefusalIsSeen() {
        TestWebSocket refused = test.request("GET", "/socket.io/poll")
                .header("Origin", "http://evil.example.com")
                .webSocket();

        assertThat(refused.refused()).isTrue();
        assertThat(refused.request().response().header("X-Why")).isEqualTo("FORBIDDEN");
        assertThatThrownBy(refused::received).isInstanceOf(AssertionError.class);
    }

    @Test
    void aWebSocketCarriesTextAndBytes() {
        TestWebSocket webSocket = test.webSocket("/socket.io/poll");

        webSocket.send("é").send(new byte[] {1, 2});
        webSocket.writable(false);
        webSocket.send("slow");

        assertThat(webSocket.refused()).isFalse();
        assertThat(webSocket.received()).containsExactly("true é", "false slow");
        assertThat(webSocket.receivedBinary()).containsExactly(Bytes.of(new byte[] {1, 2}));
        assertThat(webSocket.isRead()).isTrue();
        assertThat(generation.reported).containsExactly("opened");
    }

    @Test
    void eitherSideClosesAWebSocketOnce() {
        TestWebSocket byServer = test.webSocket("/socket.io/poll").send("close").send("lost");
        assertThat(byServer.closed()).isTrue();
        assertThat(byServer.closeCode()).hasValue(4_000);
        assertThat(byServer.received()).isEmpty();

        TestWebSocket byClient = test.webSocket("/socket.io/poll");
        byClient.close();
        byClient.close();
        assertThat(byClient.closed()).isTrue();
        assertThat(byClient.closeCode()).isEmpty();

        assertThat(generation.reported)
                .containsExactly("opened", "closed: transport close", "opened", "closed: transport close");
    }

    @Test
    void requestsOfOneSessionMayArriveOnDifferentLoops() {
        EventLoop other = test.time().newLoop();
        TestExchange poll = test.request("GET", "/socket.io/poll").send();

        TestExchange post = test.request("POST", "/socket.io/poll/" + generation.sid)
                .on(other)
                .body("x")
                .send();

        assertThat(post.response().text()).isEqualTo("x");
        assertThat(poll.pending()).isTrue();
        assertThat(test.server().engine().clientsCount()).isOne();
    }

    @Test
    void everyGenerationIsServedByDefault() {
        assertThat(TestServer.generations(ServerOptions.builder().build()))
                .containsAll(Generations.ALL)
                .hasSize(Generations.ALL.size() + 2);
    }
}
