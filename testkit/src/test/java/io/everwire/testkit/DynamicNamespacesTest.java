package io.everwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.DynamicNamespaces;
import io.everwire.Namespace;
import io.everwire.RefusedException;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.adapter.MemoryAdapter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Namespaces that are created because a client asks for them. */
class DynamicNamespacesTest {
    private static final Pattern ROOMS = Pattern.compile("/room-\\d+");
    private static final Map<String, String> INVALID = Map.of("message", "Invalid namespace");

    private final TestServer test = TestServer.create();
    private final SocketIoServer server = test.server();
    private final List<String> reported = new ArrayList<>();

    @Test
    void aNamespaceComesToBeWhenAPatternMatchesItsWholeName() {
        DynamicNamespaces rooms = server.of(ROOMS);
        assertThat(rooms.children()).isEmpty();

        assertThat(test.connect("/room-1").connected()).isTrue();
        assertThat(test.connect("/room-1").connected()).isTrue();
        assertThat(test.connect("/room-2").connected()).isTrue();
        for (String other : List.of("/room-", "/room-1x", "/x/room-1", "/room-1?a=b")) {
            assertThat(test.connect(other).connectError()).isEqualTo(INVALID);
        }

        assertThat(rooms.children()).containsOnlyKeys("/room-1", "/room-2");
        assertThat(rooms.children().get("/room-1").sockets()).hasSize(2);
        assertThat(server.of("/room-1")).isSameAs(rooms.children().get("/room-1"));
    }

    @Test
    void whatIsAddedToTheParentHoldsForAllChildrenAndComesFirst() {
        DynamicNamespaces rooms = server.of(ROOMS);
        rooms.use(socket -> reported.add("parent's middleware"));
        rooms.onConnection(socket ->
                reported.add("parent's listener of " + socket.namespace().name()));
        rooms.on("e", socket -> reported.add("parent's handler"));
        server.of("/room-1").use(socket -> reported.add("child's middleware"));
        server.of("/room-1").onConnection(socket -> reported.add("child's listener"));
        server.of("/room-1").on("e", socket -> reported.add("child's handler"));

        test.connect("/room-1").emit("e");

        assertThat(reported)
                .containsExactly(
                        "parent's middleware",
                        "child's middleware",
                        "parent's listener of /room-1",
                        "child's listener",
                        "parent's handler",
                        "child's handler");
    }

    @Test
    void childrenThatExistHearOfWhatIsAddedLater() {
        DynamicNamespaces rooms = server.of(ROOMS);
        TestClient alice = test.connect("/room-1");
        rooms.on("e", socket -> reported.add("handler"));
        rooms.onDisconnecting((socket, reason) -> reported.add("disconnecting"));
        rooms.onDisconnect((socket, reason) -> reported.add("disconnect"));

        alice.emit("e");
        alice.disconnect();

        assertThat(reported).containsExactly("handler", "disconnecting", "disconnect");
    }

    @Test
    void whatIsEmittedToTheParentReachesAllChildren() {
        DynamicNamespaces rooms = server.of(ROOMS);
        TestClient one = test.connect("/room-1");
        TestClient two = test.connect("/room-2");
        TestClient root = test.connect();
        rooms.onConnection(socket -> socket.join("r"));
        TestClient three = test.connect("/room-3");

        rooms.emit("news", 1);
        rooms.to("r").emit("more");
        rooms.in("r").send("text");
        rooms.except("r").emit("others");
        rooms.send("all");

        assertThat(one.received())
                .containsExactly(TestEvent.of("news", 1), TestEvent.of("others"), TestEvent.of("message", "all"));
        assertThat(two.received()).isEqualTo(one.received());
        assertThat(three.received())
                .containsExactly(
                        TestEvent.of("news", 1),
                        TestEvent.of("more"),
                        TestEvent.of("message", "text"),
                        TestEvent.of("message", "all"));
        assertThat(root.received()).isEmpty();
    }

    @Test
    void parentsAreAskedInOrderAndTheFirstYesWins() {
        server.of((name, handshake) -> {
            reported.add("first " + name);
            return false;
        });
        server.of((name, handshake) -> {
            throw new IllegalStateException("an error is a no");
        });
        server.ofAsync((name, handshake) -> CompletableFuture.failedFuture(new IllegalStateException("a no as well")));
        server.ofAsync((name, handshake) -> null);
        DynamicNamespaces second = server.of(
                (name, handshake) -> "x".equals(handshake.auth(Map.class).get("token")));
        DynamicNamespaces third = server.of(Pattern.compile("/.*"));

        test.connect("/a", Map.of("token", "x"));
        test.connect("/b");

        assertThat(second.children()).containsOnlyKeys("/a");
        assertThat(third.children()).containsOnlyKeys("/b");
        assertThat(reported).containsExactly("first /a", "first /b");
    }

    @Test
    void aNamespaceThatExistsIsNotAskedAbout() {
        server.of("/static");
        server.of((name, handshake) -> reported.add("asked"));

        test.connect("/static");
        test.connect();

        assertThat(reported).isEmpty();
    }

    @Test
    void whatArrivesBeforeTheAnswerIsIgnored() {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        server.ofAsync((name, handshake) -> answer);
        TestConnection hasty = test.opening().open();
        hasty.connect("/a").emit("e");
        assertThat(hasty.closed()).isFalse();
        TestConnection doubled = test.opening().open();
        doubled.connect("/a");
        doubled.connect("/a");
        assertThat(doubled.closed()).isFalse();
        TestClient patient = test.connect("/a");
        TestClient gone = test.connect("/b");
        gone.connection().close();

        answer.complete(true);

        assertThat(patient.connected()).isTrue();
        assertThat(server.of("/a").sockets()).hasSize(3);
        assertThat(test.time().timers()).isZero();
    }

    @Test
    void anEmptyChildGoesOnlyIfAskedFor() {
        DynamicNamespaces rooms = server.of(ROOMS);
        test.connect("/room-1").disconnect();
        assertThat(rooms.children()).hasSize(1);

        TestServer tidy = tidy();
        DynamicNamespaces tidied = tidy.server().of(ROOMS);
        tidy.server().of("/static");
        TestClient first = tidy.connect("/room-1");
        TestClient second = tidy.connect("/room-1");
        tidy.connect("/static").disconnect();
        Namespace before = tidied.children().get("/room-1");

        first.disconnect();
        assertThat(tidied.children()).containsOnlyKeys("/room-1");
        second.connection().close();
        assertThat(tidied.children()).isEmpty();
        assertThat(reported).containsExactly("closed /room-1");

        assertThat(tidy.connect("/room-1").connected()).isTrue();
        assertThat(tidied.children().get("/room-1")).isNotSameAs(before);
        assertThat(tidy.connect("/static").connected()).isTrue();
    }

    @Test
    void aChildWhoseOnlyCandidateIsRefusedGoesToo() {
        TestServer tidy = tidy();
        DynamicNamespaces rooms = tidy.server().of(ROOMS);
        CompletableFuture<Void> decision = new CompletableFuture<>();
        rooms.useAsync(socket -> decision);
        tidy.connect("/room-1");
        tidy.connect("/room-2").connection().close();
        assertThat(rooms.children()).containsOnlyKeys("/room-1");

        decision.completeExceptionally(new RefusedException("no"));

        assertThat(rooms.children()).isEmpty();
    }

    @Test
    void disconnectListenersOfAChildThatGoesStillFindIt() {
        TestServer tidy = tidy();
        DynamicNamespaces rooms = tidy.server().of(ROOMS);
        rooms.onDisconnect(
                (socket, reason) -> reported.add("children " + rooms.children().size()));

        tidy.connect("/room-1").disconnect();

        assertThat(reported).containsExactly("children 1", "closed /room-1");
    }

    @Test
    void newNamespacesAreHeardOfBeforeTheirFirstSocket() {
        server.onNewNamespace(namespace -> {
            reported.add("new " + namespace.name());
            namespace.onConnection(socket -> reported.add("connection to " + namespace.name()));
        });
        server.of(ROOMS);
        server.of("/static");
        server.of("/static");

        test.connect("/room-1");
        test.connect("/room-1");

        assertThat(reported)
                .containsExactly("new /static", "new /room-1", "connection to /room-1", "connection to /room-1");
    }

    @Test
    void whatClientsMakeIsBounded() {
        TestServer narrow = TestServer.create(ServerOptions.builder()
                .maxDynamicNamespaces(2)
                .cleanupEmptyChildNamespaces(true)
                .build());
        narrow.server().of(Pattern.compile("/.*"));
        TestClient one = narrow.connect("/1");
        narrow.connect("/2");
        assertThat(narrow.connect("/3").connectError())
                .isEqualTo(Map.of("message", "maxDynamicNamespaces: the limit is 2, not 3"));
        assertThat(narrow.connect("/2").connected()).isTrue();

        one.disconnect();

        assertThat(narrow.connect("/3").connected()).isTrue();
    }

    /** B15: disconnected clients kept all others out of dynamic namespaces. */
    @Test
    void whatClientsLeftMakesRoom() {
        TestServer narrow = TestServer.create(
                ServerOptions.builder().maxDynamicNamespaces(2).build());
        narrow.server().of(Pattern.compile("/.*"));
        narrow.server().of("/kept");
        TestClient first = narrow.connect("/1");
        assertThat(narrow.connect("/2").connected()).isFalse();

        first.disconnect();
        narrow.advance(Duration.ofSeconds(1));

        assertThat(narrow.connect("/2").connected()).isTrue();
        assertThat(narrow.server().namespaces()).containsKeys("/kept", "/2").doesNotContainKey("/1");
        narrow.advance(Duration.ofSeconds(1));
        assertThat(narrow.connect("/3").connected()).isFalse();
    }

    @Test
    void aNameOfMoreThan1024CharactersIsRefused() {
        server.of(Pattern.compile("/x*"));

        assertThat(test.connect("/" + "x".repeat(1023)).connected()).isTrue();
        assertThat(test.connect("/" + "x".repeat(1024)).connectError())
                .isEqualTo(Map.of("message", "maxNamespaceLength: the limit is 1024, not 1025"));
    }

    private TestServer tidy() {
        return TestServer.create(ServerOptions.builder()
                .cleanupEmptyChildNamespaces(true)
                .adapter((namespace, sockets) ->
                        new ClosingAdapter(new MemoryAdapter(sockets), () -> reported.add("closed " + namespace)))
                .build());
    }
}
