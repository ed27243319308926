package io.everwire.testkit.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.testkit.TestExchange;
import io.everwire.testkit.TestResponse;
import io.everwire.testkit.TestServer;
import io.everwire.testkit.TestWebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Transports: mistakes of other servers. One nested class for each feature, one test for each mistake. */
class ThirdPartyTransportMistakesTest {
    private static final Duration PING = Duration.ofSeconds(25);
    private static final Duration SOON = Duration.ofSeconds(1);

    private final TestServer test = TestServer.create();
    private final SocketIoServer server = test.server();
    private final List<Object> reported = new ArrayList<>();
    private final List<Socket> sockets = new ArrayList<>();

    ThirdPartyTransportMistakesTest() {
        server.onConnection(sockets::add);
        server.onDisconnect((socket, reason) -> reported.add(reason.toString()));
    }

    @Nested
    class PollingConcurrency {
        @Test
        void aSecondGetDoesNotReplaceTheFirst() {
            PollingClient client = PollingClient.join(test);
            TestExchange first = client.get();

            assertThat(client.get().response().status()).isEqualTo(400);
            assertThat(PollingClient.text(first)).isEqualTo("1");
            assertThat(reported).containsExactly("transport error");
        }

        @Test
        void aGetThatIsGivenUpIsNoticed() {
            PollingClient client = PollingClient.join(test);

            client.get().cancel();

            assertThat(reported).containsExactly("transport error");
        }

        @Test
        void postsAreHandledInTheirOrder() {
            server.on("e", Integer.class, (socket, number) -> reported.add(number));
            PollingClient client = PollingClient.join(test);

            client.post("42[\"e\",1]\u001e42[\"e\",2]");
            client.post("42[\"e\",3]");

            assertThat(reported).containsExactly(1, 2, 3);
        }
    }

    @Nested
    class Upgrade {
        @Test
        void aPendingGetIsReleasedByANoop() {
            PollingClient client = PollingClient.join(test);
            TestExchange pending = client.get();

            TestWebSocket line = client.probe().send("2probe");
            test.advance(SOON);

            assertThat(line.received()).containsExactly("3probe");
            assertThat(PollingClient.text(pending)).isEqualTo("6");
        }

        @Test
        void nothingIsSentOnTheWebSocketBeforeTheUpgrade() {
            PollingClient client = PollingClient.join(test);
            TestWebSocket line = client.probe().send("2probe");

            server.emit("early");
            assertThat(line.received()).containsExactly("3probe");
            line.send("5");

            assertThat(line.received()).containsExactly("3probe", "42[\"early\"]");
        }

        @Test
        void whatThePollTookIsNotSentAgain() {
            PollingClient client = PollingClient.join(test);
            TestExchange pending = client.get();
            TestWebSocket line = client.probe().send("2probe");

            server.emit("first");
            server.emit("second");
            line.send("5");
            server.emit("third");

            assertThat(PollingClient.text(pending)).isEqualTo("42[\"first\"]");
            assertThat(line.received()).containsExactly("3probe", "42[\"second\"]", "42[\"third\"]");
        }
    }

    /** The data of the handshake stays with the socket; the transport changes. */
    @Nested
    class HandshakeOfAnUpgrade {
        @Test
        void itKeepsTheTransportThatOpenedTheConnection() {
            PollingClient client = PollingClient.join(test);
            client.probe().send("2probe").send("5");

            assertThat(sockets.get(0).transport()).isEqualTo("websocket");
            assertThat(sockets.get(0).handshake().transport()).isEqualTo("polling");
        }
    }

    @Nested
    class Heartbeat {
        @Test
        void theServerPings() {
            TestWebSocket line = join();

            test.advance(PING);

            assertThat(line.received()).endsWith("2");
        }

        @Test
        void aProbeOnTheMainTransportIsNotAnswered() {
            TestWebSocket line = join();

            line.send("2probe");

            assertThat(line.received()).doesNotContain("3probe");
            assertThat(reported).containsExactly("transport error");
        }

        @Test
        void pingsGoOnOnceAfterAnUpgrade() {
            PollingClient client = PollingClient.join(test);
            TestWebSocket line = client.probe().send("2probe").send("5");
            int before = line.received().size();

            test.advance(PING);
            line.send("3");
            test.advance(PING);

            assertThat(line.received().subList(before, line.received().size())).containsExactly("2", "2");
        }

        @Test
        void whoSendsButNeverAnswersIsNotAliveForEver() {
            TestWebSocket line = join();

            for (int second = 0; second < 90; second++) {
                line.send("42[\"e\"]");
                test.advance(SOON);
            }

            assertThat(reported).containsExactly("ping timeout");
            assertThat(line.closed()).isTrue();
        }
    }

    @Nested
    class Close {
        @Test
        void aPendingGetIsToldOfTheEnd() {
            PollingClient client = PollingClient.join(test);
            TestExchange pending = client.get();

            sockets.get(0).disconnect(true);

            assertThat(PollingClient.text(pending)).isEqualTo("41");
            assertThat(PollingClient.text(client.get())).endsWith("1");
            assertThat(client.get().response().status()).isEqualTo(400);
            assertThat(reported).containsExactly("server namespace disconnect");
        }

        @Test
        void theClientIsToldOfTheEndOfItsNamespace() {
            TestWebSocket line = join();

            sockets.get(0).disconnect();

            assertThat(line.received()).endsWith("41");
            assertThat(line.closed()).isFalse();
        }

        @Test
        void theEndIsHeardOfOnceAndInTheRoomsStill() {
            server.onDisconnecting(
                    (socket, reason) -> reported.add(socket.rooms().size() + " rooms"));
            PollingClient client = PollingClient.join(test);
            sockets.get(0).join("room");

            client.post("41");
            client.post("1");
            test.advance(Duration.ofMinutes(2));

            assertThat(reported).containsExactly("2 rooms", "client namespace disconnect");
        }
    }

    @Nested
    class Volatile {
        @Test
        void withoutAGetNothingIsKept() {
            PollingClient.join(test);

            for (int i = 0; i < 1_000; i++) {
                server.asVolatile().emit("e", i);
                sockets.get(0).asVolatile().emit("e", i);
            }

            assertThat(sockets.get(0).pressure()).isZero();
        }
    }

    @Nested
    class Cors {
        private static final String PAGE = "https://page.example";

        private final TestServer listed =
                TestServer.create(ServerOptions.builder().origins(PAGE).build());

        @Test
        void errorsHaveTheHeadersToo() {
            TestResponse error = ask(listed, "GET", PollingClient.POLLING + "&sid=unknown");

            assertThat(error.status()).isEqualTo(400);
            assertThat(error.header("Access-Control-Allow-Origin")).isEqualTo(PAGE);
            assertThat(error.header("Vary")).isEqualTo("Origin");
        }

        @Test
        void preflightsHaveTheHeadersToo() {
            TestResponse answer = listed.request("OPTIONS", PollingClient.POLLING)
                    .header("Origin", PAGE)
                    .header("Access-Control-Request-Method", "POST")
                    .send()
                    .response();

            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(PAGE);
            assertThat(answer.header("Access-Control-Allow-Methods")).contains("POST");
        }

        @Test
        void everybodyIsNotAllowedTogetherWithCredentials() {
            TestServer open =
                    TestServer.create(ServerOptions.builder().origins("*").build());

            TestResponse answer = ask(open, "GET", PollingClient.POLLING);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(PAGE);
            assertThat(answer.header("Access-Control-Allow-Credentials")).isNull();
        }

        private static TestResponse ask(TestServer asked, String method, String target) {
            return asked.request(method, target).header("Origin", PAGE).send().response();
        }
    }

    @Nested
    class Headers {
        @Test
        void namesAreInSmallLettersAndSeveralOfOneNameAreJoined() {
            test.request("GET", PollingClient.WEBSOCKET)
                    .header("X-Forwarded-For", "10.0.0.1")
                    .header("x-forwarded-FOR", "10.0.0.2")
                    .webSocket()
                    .send("40");

            assertThat(sockets.get(0).handshake().headers()).containsEntry("x-forwarded-for", "10.0.0.1, 10.0.0.2");
        }
    }

    @Nested
    class StaticFiles {
        @Test
        void aFileThatDoesNotExistIsLeftToTheApplication() {
            assertThat(test.request("GET", "/socket.io/unknown.js").send().passedOn())
                    .isTrue();
        }
    }

    /** Returns a WebSocket that has joined {@code /}. */
    private TestWebSocket join() {
        return test.webSocket(PollingClient.WEBSOCKET).send("40");
    }
}
