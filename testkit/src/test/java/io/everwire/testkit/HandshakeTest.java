package io.everwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.Attribute;
import io.everwire.BadArgumentsException;
import io.everwire.Handshake;
import io.everwire.ProxyOptions;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.TypeToken;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The data of a socket about its own connection. */
class HandshakeTest {
    private final TestServer test = TestServer.create();
    private final SocketIoServer server = test.server();
    private final List<Handshake> shaken = new ArrayList<>();

    record Credentials(String token) {}

    HandshakeTest() {
        server.onConnection(socket -> shaken.add(socket.handshake()));
    }

    @Test
    void headersAreInSmallLettersAndJoined() {
        test.opening()
                .header("X-Forwarded-For", "1.2.3.4")
                .header("x-forwarded-FOR", "5.6.7.8")
                .header("Cookie", "a=b")
                .open()
                .connect("/");

        assertThat(handshake().headers())
                .containsEntry("x-forwarded-for", "1.2.3.4, 5.6.7.8")
                .containsEntry("cookie", "a=b")
                .containsEntry("host", "localhost");
    }

    @Test
    void ofSeveralEqualNamesInTheQueryTheLastWins() {
        test.opening().query("a=1&b=x%20y+z&a=2&c&%64=%C3%A9&broken=%zz").open().connect("/");

        assertThat(handshake().query())
                .containsEntry("a", "2")
                .containsEntry("b", "x y z")
                .containsEntry("c", "")
                .containsEntry("d", "é")
                .containsEntry("broken", "%zz");
        assertThat(handshake().url()).startsWith("/socket.io/?").contains("a=1&b=x%20y+z&a=2");
    }

    @Test
    void theUserAndTheObjectsOfTheHostReachAllSocketsOfTheConnection() {
        Principal alice = () -> "alice";
        TestConnection connection =
                test.opening().principal(alice).host(new Credentials("secret")).open();
        connection.connect("/");

        assertThat(handshake().principal()).isSameAs(alice);
        assertThat(handshake().host(Credentials.class)).isEqualTo(new Credentials("secret"));
        assertThat(handshake().host(Thread.class)).isNull();
    }

    @Test
    void aHostThatAuthenticatesNobodyHasNoUser() {
        test.connect();

        assertThat(handshake().principal()).isNull();
        assertThat(handshake().host(Object.class)).isNull();
    }

    @Test
    void allowRequestSeesTheUserAndAnAttributeLeavesThemVisible() {
        List<Object> seen = new ArrayList<>();
        TestServer guarded = TestServer.create(ServerOptions.builder()
                .trustedProxies(ProxyOptions.of("127.0.0.1"))
                .allowRequest(request -> {
                    seen.add(Objects.requireNonNull(request.principal()).getName());
                    seen.add(Objects.requireNonNull(request.host(Credentials.class)));
                    request.attributes().set(Attribute.of("a"), 1);
                })
                .build());
        guarded.server()
                .onConnection(socket -> seen.add(
                        Objects.requireNonNull(socket.handshake().principal()).getName()));

        guarded.opening()
                .header("X-Forwarded-For", "10.0.0.1")
                .principal(() -> "alice")
                .host(new Credentials("secret"))
                .open()
                .connect("/");

        assertThat(seen).containsExactly("alice", new Credentials("secret"), "alice");
    }

    @Test
    void whoGaveNoAuthGaveAnEmptyObject() {
        test.connect();

        assertThat(handshake().auth(Map.class)).isEmpty();
    }

    @Test
    void authIsBoundToAType() {
        test.connect("/", new Credentials("secret"));

        assertThat(handshake().auth(Credentials.class)).isEqualTo(new Credentials("secret"));
        assertThatThrownBy(() -> handshake().auth(Integer.class))
                .isInstanceOf(BadArgumentsException.class)
                .hasMessageStartingWith("auth does not fit");
    }

    @Test
    void itKnowsWhoAskedAndHow() {
        Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        test.opening().header("Origin", "http://localhost").open().connect("/");

        assertThat(handshake().generation()).isEqualTo("testkit");
        assertThat(handshake().address().getAddress().isLoopbackAddress()).isTrue();
        assertThat(handshake().secure()).isFalse();
        assertThat(handshake().xdomain()).isTrue();
        assertThat(Duration.between(before, handshake().time())).isBetween(Duration.ZERO, Duration.ofMinutes(1));
    }

    @Test
    void eachNamespaceHasItsOwnAuthOnTheSameRequest() {
        server.of("/chat").onConnection(socket -> shaken.add(socket.handshake()));
        TestConnection connection = test.opening().query("q=1").open();
        connection.connect("/", new Credentials("one"));
        connection.connect("/chat", new Credentials("two"));

        assertThat(shaken.stream().map(one -> one.auth(Credentials.class).token()))
                .containsExactly("one", "two");
        assertThat(shaken).allMatch(one -> "1".equals(one.query().get("q")));
    }

    @Test
    void theSocketKnowsItsTransport() {
        List<String> transports = new ArrayList<>();
        server.onConnection(socket -> transports.add(socket.transport()));

        test.connect();

        assertThat(transports).containsExactly("websocket");
    }

    @Test
    void authMayBeOfATypeThatAClassCannotSay() {
        server.onConnection(socket -> shaken.add(socket.handshake()));

        test.connect("/", Map.of("roles", List.of("a", "b")));

        assertThat(handshake().auth(new TypeToken<Map<String, List<String>>>() {}))
                .containsEntry("roles", List.of("a", "b"));
    }

    private Handshake handshake() {
        return shaken.get(0);
    }
}
