package io.everwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.Attribute;
import io.everwire.DynamicNamespaces;
import io.everwire.HandlerMode;
import io.everwire.NamespaceRegistry;
import io.everwire.ServerOptions;
import io.everwire.engine.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A namespace may run its handlers on other threads than the rest of the server. */
class NamespaceModesTest {
    private static final Attribute<String> WHERE = Attribute.of("where");

    private final List<String> ran = new ArrayList<>();

    /** The loop of the client that connected last. */
    private EventLoop loop = new VirtualTime().newLoop();

    @ParameterizedTest
    @EnumSource(HandlerMode.class)
    void aNamespaceHasItsOwnMode(HandlerMode mode) {
        TestServer test = server(mode);
        HandlerMode other = other(mode);
        test.server().of("/other").handlerMode(other);
        watch(test.server());
        watch(test.server().of("/other"));

        connect(test, "/").emit("e");
        connect(test, "/other").emit("e");

        assertThat(ran).containsExactly(all(mode, "/"), all(other, "/other"));
    }

    @ParameterizedTest
    @EnumSource(HandlerMode.class)
    void dynamicNamespacesStartWithTheModeOfTheirKind(HandlerMode mode) {
        TestServer test = server(mode);
        DynamicNamespaces matches = test.server().of((name, handshake) -> true);
        watch(matches);

        connect(test, "/early").emit("e");
        matches.handlerMode(other(mode));
        connect(test, "/early").emit("e");
        connect(test, "/late").emit("e");

        assertThat(ran).containsExactly(all(mode, "/early"), all(mode, "/early"), all(other(mode), "/late"));
    }

    @Test
    void onlySocketsThatJoinLaterAreConcerned() {
        TestServer test = server(HandlerMode.MAILBOX);
        watch(test.server());
        TestClient early = connect(test, "/");
        test.server().of("/").handlerMode(HandlerMode.EVENT_LOOP);

        early.emit("e");
        assertThat(ran.get(0)).endsWith("event=MAILBOX");
        connect(test, "/").emit("e");

        assertThat(ran.get(1)).isEqualTo(all(HandlerMode.EVENT_LOOP, "/"));
    }

    @ParameterizedTest
    @EnumSource(HandlerMode.class)
    void callsCompleteInTheModeOfTheNamespace(HandlerMode mode) {
        TestServer test = server(mode);
        test.server().of("/other").handlerMode(other(mode));
        List<CompletableFuture<String>> calls = new ArrayList<>();
        test.server()
                .of("/other")
                .onConnection(socket ->
                        calls.add(socket.call("name", String.class).thenApply(name -> name + " " + thread())));
        TestClient alice = connect(test, "/other");

        alice.ack(alice.received().get(0), "Alice");

        assertThat(calls.get(0)).isCompletedWithValue("Alice " + other(mode));
    }

    /** Records the threads of middleware, listener and handler of a socket when its event is handled. */
    private void watch(NamespaceRegistry registry) {
        registry.use(socket -> socket.attributes().set(WHERE, "middleware=" + thread()));
        registry.onConnection(socket ->
                socket.attributes().set(WHERE, socket.attributes().require(WHERE) + " connection=" + thread()));
        registry.on(
                "e",
                socket -> ran.add(
                        socket.namespace().name() + " " + socket.attributes().require(WHERE) + " event=" + thread()));
    }

    private static String all(HandlerMode mode, String namespace) {
        return namespace + " middleware=" + mode + " connection=" + mode + " event=" + mode;
    }

    private HandlerMode thread() {
        return loop.inLoop() ? HandlerMode.EVENT_LOOP : HandlerMode.MAILBOX;
    }

    private TestClient connect(TestServer test, String namespace) {
        loop = test.time().newLoop();
        return test.opening().on(loop).open().connect(namespace);
    }

    private static HandlerMode other(HandlerMode mode) {
        return mode == HandlerMode.MAILBOX ? HandlerMode.EVENT_LOOP : HandlerMode.MAILBOX;
    }

    private static TestServer server(HandlerMode mode) {
        return TestServer.create(ServerOptions.builder().handlerMode(mode).build());
    }
}
