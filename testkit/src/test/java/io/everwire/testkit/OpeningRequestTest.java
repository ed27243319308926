package io.everwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.Attribute;
import io.everwire.HttpRefusedException;
import io.everwire.RefusedException;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Filters that choose their response, and pass on what they found out. */
class OpeningRequestTest {
    private static final Attribute<String> USER = Attribute.of("user");
    private static final Attribute<String> SHARED = Attribute.shared("tenant", String.class);

    private final List<String> seen = new ArrayList<>();

    @Test
    void attributesOfTheRequestReachAllSocketsOfTheConnection() {
        TestServer test = TestServer.create(ServerOptions.builder()
                .allowRequest(request -> {
                    String token = Objects.requireNonNull(request.query("token"));
                    seen.add("verified " + token);
                    request.attributes().set(USER, "user of " + token);
                    request.attributes().set(SHARED, "tenant");
                })
                .build());
        test.server().use(socket -> {
            if (socket.handshake().attribute(USER) == null) {
                throw new RefusedException("nobody");
            }
        });
        test.server().onConnection(socket -> seen.add(user(socket)));
        test.server().of("/chat").onConnection(socket -> seen.add("/chat " + user(socket)));
        test.server().on("who", socket -> seen.add(user(socket)));

        TestConnection alice = test.opening().query("token=a").open();
        TestClient root = alice.connect("/");
        alice.connect("/chat");
        root.emit("who");
        test.opening().query("token=b").open().connect("/");

        assertThat(seen)
                .containsExactly(
                        "verified a",
                        "user of a, tenant",
                        "/chat user of a, tenant",
                        "user of a, tenant",
                        "verified b",
                        "user of b, tenant");
    }

    @Test
    void withoutAFilterTheyAreNull() {
        TestServer test = TestServer.create();
        test.server().onConnection(socket -> seen.add(user(socket)));

        test.connect();

        assertThat(seen).containsExactly("null, null");
    }

    @Test
    void aFilterChoosesTheResponse() {
        TestServer test = TestServer.create(ServerOptions.builder()
                .allowRequest(request -> {
                    throw new HttpRefusedException(401, "{\"login\":true}")
                            .header("WWW-Authenticate", "Bearer")
                            .header("Content-Type", "application/json");
                })
                .build());
        test.server().engine().onConnectionError(error -> seen.add(error.refusal() + " " + error.message()));

        TestConnection alice = test.opening().open();

        TestResponse response = alice.webSocket().request().response();
        assertThat(response.status()).isEqualTo(401);
        assertThat(response.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
        assertThat(response.text()).isEqualTo("{\"login\":true}");
        assertThat(alice.refused()).isTrue();
        assertThat(seen).containsExactly("FORBIDDEN {\"login\":true}");
    }

    @Test
    void aHeaderThatCannotBeSentIsNot() {
        for (String name : List.of("Content-Length", "a b", "")) {
            TestServer test = TestServer.create(ServerOptions.builder()
                    .allowRequest(request -> {
                        throw new HttpRefusedException(401, "no").header(name, "5");
                    })
                    .build());

            TestConnection alice = test.opening().open();

            assertThat(alice.refused()).isTrue();
            assertThat(alice.webSocket().request().response().status()).as(name).isEqualTo(403);
        }
    }

    private static String user(Socket socket) {
        return socket.handshake().attribute(USER) + ", " + socket.handshake().attribute(SHARED);
    }
}
