package io.everwire.testkit.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.RefusedException;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.testkit.TestServer;
import io.everwire.testkit.TestWebSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets: mistakes of other servers. One nested class for each feature, one test for each mistake. */
class ThirdPartyMistakesTest {
    private final TestServer test = TestServer.create();
    private final SocketIoServer server = test.server();
    private final List<Object> reported = new ArrayList<>();
    private final List<Socket> sockets = new ArrayList<>();

    @Nested
    class AckIds {
        @Test
        void zeroIsAnIdLikeAnyOtherForTheClient() {
            server.onCall("ask", socket -> "yes");

            assertThat(join().send("420[\"ask\"]").received()).endsWith("430[\"yes\"]");
        }

        @Test
        void zeroIsAnIdLikeAnyOtherForTheServer() {
            server.onConnection(socket -> socket.call("ask", String.class).thenAccept(reported::add));

            TestWebSocket line = join();
            assertThat(line.received()).endsWith("420[\"ask\"]");
            line.send("430[\"yes\"]");

            assertThat(reported).containsExactly("yes");
        }

        @Test
        void noTwoCallsOfANamespaceThatWaitHaveTheSameId() {
            server.onConnection(socket -> socket.call("ask", String.class));

            assertThat(join().received()).endsWith("420[\"ask\"]");
            assertThat(join().received()).endsWith("421[\"ask\"]");
        }
    }

    @Nested
    class Connect {
        @Test
        void isNotAnsweredBeforeTheMiddlewareIsDone() {
            CompletableFuture<Void> decision = new CompletableFuture<>();
            server.useAsync(socket -> decision);
            server.onConnection(socket -> socket.emit("hello"));
            TestWebSocket line = join();
            assertThat(line.received()).hasSize(1);

            decision.complete(null);

            assertThat(line.received().get(1)).startsWith("40{\"sid\":");
            assertThat(line.received()).hasSize(3).endsWith("42[\"hello\"]");
        }

        @Test
        void theSidIsNotThatOfTheEngine() {
            List<String> received = join().received();

            assertThat(PollingClient.sid(received.get(0))).isNotEqualTo(PollingClient.sid(received.get(1)));
        }

        @Test
        void withoutAuthItIsAnEmptyObject() {
            server.onConnection(socket -> reported.add(socket.handshake().auth(Map.class)));

            join();

            assertThat(reported).containsExactly(Map.of());
        }

        @ParameterizedTest
        @ValueSource(strings = {"40null", "40[]", "40\"a\"", "40{"})
        void authThatIsNoObjectClosesTheConnection(String connect) {
            server.onConnection(reported::add);

            assertThat(open().send(connect).closed()).isTrue();
            assertThat(reported).isEmpty();
        }
    }

    @Nested
    class NamespaceParsing {
        @Test
        void theNameMayEndThePacket() {
            server.of("/foo");

            assertThat(open().send("40/foo").received().get(1)).startsWith("40/foo,{\"sid\":");
        }

        /** Protocol 5 has no query of a namespace: it is part of the name. */
        @Test
        void aQueryIsPartOfTheName() {
            server.of("/foo");

            assertThat(open().send("40/foo?token=1,").received())
                    .endsWith("44/foo?token=1,{\"message\":\"Invalid namespace\"}");
        }

        @Test
        void aCommaInTheJsonEndsNoName() {
            server.on("a,b", String.class, (socket, text) -> reported.add(text));
            server.of("/foo").on("a,b", String.class, (socket, text) -> reported.add("foo: " + text));

            join().send("42[\"a,b\",\"/c,d\"]").send("40/foo,").send("42/foo,[\"a,b\",\"/c,d\"]");

            assertThat(reported).containsExactly("/c,d", "foo: /c,d");
        }
    }

    @Nested
    class Refusal {
        @Test
        void isAnObjectWithMessageAndData() {
            server.of("/foo").use(socket -> {
                throw new RefusedException("no \"entry\"", Map.of("code", 7));
            });

            assertThat(open().send("40/foo,").received())
                    .endsWith("44/foo,{\"message\":\"no \\\"entry\\\"\",\"data\":{\"code\":7}}");
        }

        @Test
        void leavesTheConnectionOpen() {
            server.use(socket -> {
                throw new RefusedException("no");
            });
            server.of("/foo");
            TestWebSocket line = join();

            assertThat(line.received()).endsWith("44{\"message\":\"no\"}");
            assertThat(line.closed()).isFalse();
            assertThat(line.send("40/foo,").received().get(2)).startsWith("40/foo,{\"sid\":");
        }
    }

    @Nested
    class Binary {
        @Test
        void placeholdersAreNumberedAsTheyStandInTheArguments() {
            Map<String, Object> value = new LinkedHashMap<>();
            for (String key : List.of("z", "a", "m", "b")) {
                value.put(key, key.getBytes());
            }

            TestWebSocket line = join();
            server.emit("e", value, "x".getBytes());

            assertThat(line.received())
                    .endsWith(
                            "455-[\"e\",{\"z\":{\"_placeholder\":true,\"num\":0},\"a\":{\"_placeholder\":true,\"num\":1},"
                                    + "\"m\":{\"_placeholder\":true,\"num\":2},\"b\":{\"_placeholder\":true,\"num\":3}},"
                                    + "{\"_placeholder\":true,\"num\":4}]");
            assertThat(line.receivedBinary()).hasToString("[z, a, m, b, x]");
        }

        @Test
        void acksCarryItBothWays() {
            server.onCall("echo", byte[].class, (socket, bytes) -> bytes);
            server.onConnection(
                    socket -> socket.call("ask", byte[].class).thenAccept(bytes -> reported.add(new String(bytes))));

            TestWebSocket line = join();
            line.send("461-0[{\"_placeholder\":true,\"num\":0}]").send("answer".getBytes());
            line.send("451-7[\"echo\",{\"_placeholder\":true,\"num\":0}]").send("mine".getBytes());

            assertThat(reported).containsExactly("answer");
            assertThat(line.received()).endsWith("461-7[{\"_placeholder\":true,\"num\":0}]");
            assertThat(line.receivedBinary()).hasToString("[mine]");
        }

        @Test
        void anEmptyArrayIsOne() {
            server.onCall("echo", byte[].class, (socket, bytes) -> bytes);
            TestWebSocket line = join();

            line.send("451-7[\"echo\",{\"_placeholder\":true,\"num\":0}]").send(new byte[0]);

            assertThat(line.received()).endsWith("461-7[{\"_placeholder\":true,\"num\":0}]");
            assertThat(line.receivedBinary()).hasToString("[]").hasSize(1);
        }

        @Test
        void attachmentsHaveALimit() {
            TestWebSocket line = join();

            assertThat(line.send("4511-[\"e\"]").closed()).isTrue();
        }
    }

    @Nested
    class Json {
        @Test
        void aNumberBeyondDoublesStaysWhatItIs() {
            server.onCall("add", long.class, (socket, number) -> number + 1);

            assertThat(join().send("420[\"add\",9007199254740992]").received()).endsWith("430[9007199254740993]");
        }

        @Test
        void theOrderOfKeysIsKept() {
            server.onCall("echo", Object.class, (socket, value) -> value);

            assertThat(join().send("420[\"echo\",{\"z\":1,\"a\":{\"y\":2,\"b\":3}}]")
                            .received())
                    .endsWith("430[{\"z\":1,\"a\":{\"y\":2,\"b\":3}}]");
        }

        @Test
        void whatIsPassedOnUnreadIsNotChanged() {
            server.onRaw("echo", (socket, arguments) -> arguments.all());

            String numbers = "[1.0,1e3,0.1,12345678901234567890]";

            assertThat(join().send("420[\"echo\"," + numbers + "]").received())
                    .endsWith("430[[[1.0,1000.0,0.1,12345678901234567890]]]");
        }
    }

    @Nested
    class Text {
        @Test
        void charactersOfFourBytesArriveWhole() {
            server.onCall("echo", String.class, (socket, text) -> text);
            PollingClient client = PollingClient.join(test);

            client.post("420[\"echo\",\"\uD83D\uDE00 \u20AC \u00E4\"]");

            assertThat(PollingClient.text(client.get())).isEqualTo("430[\"\uD83D\uDE00 \u20AC \u00E4\"]");
        }
    }

    @Nested
    class SizeLimits {
        private static final String UMLAUTS = "\u00E4".repeat(60);

        @Test
        void bytesAreCountedNotCharacters() {
            TestServer small = TestServer.create(
                    ServerOptions.builder().maxHttpBufferSize(100).build());
            PollingClient client = PollingClient.join(small);

            assertThat(client.post("42[\"e\",\"" + UMLAUTS + "\"]").response().status())
                    .isEqualTo(413);
            assertThat(client.post("42[\"e\"]").response().status()).isEqualTo(200);
        }
    }

    /** Returns a WebSocket that has joined {@code /}. */
    private TestWebSocket join() {
        return open().send("40");
    }

    private TestWebSocket open() {
        server.onConnection(sockets::add);
        return test.webSocket(PollingClient.WEBSOCKET);
    }
}
