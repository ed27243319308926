package io.everwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Servers and listeners that must not affect each other. */
class IndependenceTest {
    private final List<String> reported = new ArrayList<>();

    @Test
    void twoServersDoNotKnowOfEachOther() {
        TestServer one = TestServer.create();
        TestServer two = TestServer.create();
        one.server().on("e", socket -> reported.add("one"));
        two.server().on("e", socket -> reported.add("two"));
        TestClient ofOne = one.connect();
        TestClient ofTwo = two.connect();

        ofOne.emit("e");
        two.server().emit("news");
        two.server().to(ofOne.id()).emit("news");
        two.close();

        assertThat(reported).containsExactly("one");
        assertThat(ofOne.received()).isEmpty();
        assertThat(ofOne.connected()).isTrue();
        assertThat(ofTwo.received()).containsExactly(TestEvent.of("news"));
        assertThat(ofTwo.connected()).isFalse();
    }

    @Test
    void aListenerThatThrowsDoesNotStopTheOthers() {
        TestServer test = TestServer.create();
        test.server().onConnection(socket -> fail("connection"));
        test.server().onConnection(socket -> reported.add("connection"));
        test.server().onDisconnecting((socket, reason) -> fail("disconnecting"));
        test.server().onDisconnecting((socket, reason) -> reported.add("disconnecting"));
        test.server().onDisconnect((socket, reason) -> fail("disconnect"));
        test.server().onDisconnect((socket, reason) -> reported.add("disconnect"));
        test.server().onConnection(socket -> {
            socket.onDisconnecting(reason -> fail("own disconnecting"));
            socket.onDisconnect(reason -> fail("own disconnect"));
            socket.onDisconnect(reason -> reported.add("own disconnect"));
        });

        TestClient alice = test.connect();
        String id = alice.id();
        alice.disconnect();

        assertThat(reported).containsExactly("connection", "disconnecting", "disconnect", "own disconnect");
        assertThat(test.server().to(id).sockets()).isEmpty();
    }

    @Test
    void aListenerThatWasRemovedHearsNoMore() {
        TestServer test = TestServer.create();
        Registration first = test.server().onConnection(socket -> reported.add("first"));
        test.server().onConnection(socket -> reported.add("second"));
        first.remove();
        first.remove();

        test.connect();

        assertThat(reported).containsExactly("second");
    }

    @Test
    void theSameListenerAddedTwiceIsRemovedOneByOne() {
        TestServer test = TestServer.create();
        Consumer<Object> listener = socket -> reported.add("x");
        Registration first = test.server().onConnection(listener);
        test.server().onConnection(listener);
        first.remove();
        first.remove();

        test.connect();

        assertThat(reported).containsExactly("x");
    }

    private static void fail(String what) {
        throw new AssertionError(what + " is broken");
    }
}
