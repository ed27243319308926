package io.everwire.testkit.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.Attribute;
import io.everwire.RecoveryOptions;
import io.everwire.RefusedException;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.testkit.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Middleware for recovered clients. */
class RecoveryMiddlewareTest {
    private static final Attribute<String> NAME = Attribute.of("name");

    private final List<Socket> asked = new ArrayList<>();
    private final List<Socket> joined = new ArrayList<>();
    private final List<CompletableFuture<Void>> decisions = new ArrayList<>();

    @Test
    void itIsNotAskedUnlessTheApplicationWantsIt() {
        TestServer test = server(true);
        test.server().use(asked::add);
        RecoveringClient client = away(test);
        test.server().emit("missed");

        assertThat(client.back()).hasSize(2);
        assertThat(asked).hasSize(1);
    }

    @Test
    void askedForEachTimeItSeesRoomsAndAttributes() {
        TestServer test = server(false);
        List<String> seen = new ArrayList<>();
        test.server()
                .use(socket -> seen.add(socket.recovered() + " "
                        + socket.rooms().size() + " " + socket.attributes().get(NAME)));
        RecoveringClient client = away(test);

        client.back();

        assertThat(seen).containsExactly("false 0 null", "true 2 alice");
        assertThat(socket().recovered()).isTrue();
    }

    /** The reference (socket.io 4.8.4) sends the missed packets before the middleware decides. */
    @Test
    void whoIsRefusedIsGivenNothing() {
        TestServer test = server(false);
        List<String> refusals = new ArrayList<>();
        test.server().use(socket -> {
            if (socket.recovered() && refusals.isEmpty()) {
                refusals.add(socket.id());
                throw new RefusedException("not now");
            }
        });
        RecoveringClient client = away(test);
        test.server().emit("secret");

        assertThat(client.back()).containsExactly("44{\"message\":\"not now\"}");
        assertThat(test.server().sockets()).isEmpty();
        assertThat(test.server().to("r").sockets()).isEmpty();

        // The client loses no packet by it.
        client.line().close();
        assertThat(client.back()).hasSize(2).last().isEqualTo(client.joined());
    }

    @Test
    void roomsMayBeChanged() {
        TestServer test = server(false);
        test.server().use(socket -> {
            if (socket.recovered()) {
                socket.leave("r");
                socket.join("s");
            }
        });
        away(test).back();

        assertThat(socket().rooms()).containsExactlyInAnyOrder("s", socket().id());
    }

    @Test
    void whatIsSentWhileItDecidesIsMissedToo() {
        TestServer test = server(false);
        test.server().useAsync(socket -> decision());
        RecoveringClient client = away(test);
        test.server().emit("before");
        assertThat(client.back()).isEmpty();
        test.server().emit("meanwhile");

        decisions.get(1).complete(null);

        assertThat(client.read())
                .extracting(text -> text.substring(0, 5))
                .containsExactly("42[\"b", "42[\"m", "40{\"s");
        test.server().emit("after");
        assertThat(client.read()).hasSize(1);
    }

    @Test
    void whoLosesTheConnectionAgainMeanwhileMayComeBack() {
        TestServer test = server(false);
        test.server().useAsync(socket -> decision());
        RecoveringClient client = away(test);
        String id = Objects.requireNonNull(client.sid());
        test.server().emit("missed");
        client.back();
        client.line().close();
        decisions.get(1).complete(null);
        assertThat(joined).hasSize(1);

        client.back();
        decisions.get(2).complete(null);

        assertThat(client.read()).hasSize(2).last().isEqualTo(client.joined());
        assertThat(client.sid()).isEqualTo(id);
        assertThat(socket().recovered()).isTrue();
    }

    private CompletableFuture<Void> decision() {
        CompletableFuture<Void> decision = new CompletableFuture<>();
        if (decisions.isEmpty()) {
            decision.complete(null);
        }
        decisions.add(decision);
        return decision;
    }

    private TestServer server(boolean skip) {
        TestServer test = TestServer.create(ServerOptions.builder()
                .connectionStateRecovery(
                        RecoveryOptions.builder().skipMiddlewares(skip).build())
                .build());
        test.server().onConnection(joined::add);
        return test;
    }

    /** Returns a client that was in the room {@code r}, received a packet and lost its connection. */
    private RecoveringClient away(TestServer test) {
        RecoveringClient client = new RecoveringClient(test);
        socket().join("r");
        socket().attributes().set(NAME, "alice");
        test.server().emit("first");
        client.lose();
        return client;
    }

    private Socket socket() {
        return joined.get(joined.size() - 1);
    }
}
