package io.everwire.testkit.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.Attribute;
import io.everwire.EmitResult;
import io.everwire.RecoveryOptions;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.testkit.TestClient;
import io.everwire.testkit.TestEvent;
import io.everwire.testkit.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients that lose their connection and come back: the state that they continue with, as recorded with the reference
 * (socket.io 4.8.4).
 */
class RecoveryTest {
    private static final Attribute<String> NAME = Attribute.of("name");
    private static final Duration AWAY = Duration.ofMinutes(2);

    private final TestServer test = TestServer.create(ServerOptions.builder()
            .connectionStateRecovery(RecoveryOptions.builder().build())
            .pingInterval(Duration.ofHours(5))
            .build());
    private final SocketIoServer server = test.server();
    private final List<Socket> joined = new ArrayList<>();
    private final List<String> reported = new ArrayList<>();

    RecoveryTest() {
        server.onConnection(joined::add);
        server.onDisconnect((socket, reason) -> reported.add(reason.toString()));
    }

    @Test
    void withoutTheOptionThereIsNeitherPrivateIdNorOffset() {
        TestServer plain = TestServer.create();
        RecoveringClient client = new RecoveringClient(plain);
        plain.server().emit("e", 1);

        assertThat(client.read().get(1)).isEqualTo("42[\"e\",1]");
        assertThat(client.sid()).isNotNull();
        assertThat(client.pid()).isNull();
        client.lose();
        assertThat(client.back("{\"pid\":\"x\",\"offset\":\"y\"}")).hasSize(1);
    }

    @Test
    void thePrivateIdIsTheClientsOwn() {
        RecoveringClient a = new RecoveringClient(test);
        RecoveringClient b = new RecoveringClient(test);

        assertThat(List.of(pid(a), pid(b), id(a), id(b))).doesNotHaveDuplicates();
        assertThat(pid(a)).hasSize(20);
    }

    @Test
    void allReceiversOfABroadcastAreToldTheSameOffset() {
        RecoveringClient a = new RecoveringClient(test);
        RecoveringClient b = new RecoveringClient(test);
        server.emit("e", 1);
        String offset = Objects.requireNonNull(a.offset());

        assertThat(a.line().received()).last().isEqualTo("42[\"e\",1,\"" + offset + "\"]");
        assertThat(b.line().received()).last().isEqualTo("42[\"e\",1,\"" + offset + "\"]");
        server.emit("e", 2);
        assertThat(a.offset()).isNotEqualTo(offset);
    }

    @Test
    void theOffsetIsTheLastArgumentWhateverIsSent() {
        RecoveringClient client = new RecoveringClient(test);
        server.emit("none");
        socket().emit("own", "text");
        server.send("message");
        socket().send(1);
        server.emit("binary", (Object) new byte[] {1, 2});

        assertThat(client.read().stream().skip(1).map(RecoveryTest::withoutOffset))
                .containsExactly(
                        "42[\"none\"]",
                        "42[\"own\",\"text\"]",
                        "42[\"message\",\"message\"]",
                        "42[\"message\",1]",
                        "451-[\"binary\",{\"_placeholder\":true,\"num\":0}]");
        assertThat(client.line().receivedBinary()).hasSize(1);
    }

    @Test
    void whatIsVolatileAndWhatWantsAnAckHasNone() {
        RecoveringClient client = new RecoveringClient(test);
        client.read();
        server.asVolatile().emit("v");
        socket().asVolatile().emit("v");
        socket().call("ask", String.class);
        server.everybody().call("ask", String.class);
        server.onRaw("question", (socket, arguments) -> "answer");
        client.line().send("427[\"question\"]");

        assertThat(client.read())
                .containsExactly("42[\"v\"]", "42[\"v\"]", "420[\"ask\"]", "421[\"ask\"]", "437[\"answer\"]");
    }

    @Test
    void clientsOfOtherGenerationsNoticeNothing() {
        TestClient other = test.connect();
        RecoveringClient client = new RecoveringClient(test);
        server.emit("e", 1);
        server.send("m");
        joined.get(0).emit("own");

        assertThat(other.received())
                .containsExactly(TestEvent.of("e", 1), TestEvent.of("message", "m"), TestEvent.of("own"));
        assertThat(other.connection().packets().get(0).toString()).doesNotContain("pid");
        assertThat(client.offset()).isNotNull();
    }

    @Test
    void aClientThatComesBackGoesOnAsTheSocketItWas() {
        RecoveringClient client = new RecoveringClient(test);
        socket().join("r");
        socket().attributes().set(NAME, "alice");
        server.emit("first");
        String id = id(client);
        client.lose();
        assertThat(server.sockets()).isEmpty();
        assertThat(server.to(id).sockets()).isEmpty();

        assertThat(client.back()).containsExactly(client.joined());

        Socket socket = socket();
        assertThat(joined).hasSize(2);
        assertThat(joined.get(0).recovered()).isFalse();
        assertThat(socket.recovered()).isTrue();
        assertThat(socket.id()).isEqualTo(id).isEqualTo(client.sid());
        assertThat(socket.rooms()).containsExactlyInAnyOrder("r", id);
        assertThat(socket.attributes().get(NAME)).isEqualTo("alice");
        assertThat(server.sockets()).containsOnlyKeys(id);
        server.to("r").emit("again");
        assertThat(client.read().stream().map(RecoveryTest::withoutOffset)).containsExactly("42[\"again\"]");
    }

    @Test
    void whatItMissedComesInOrderBeforeItIsToldThatItIsBack() {
        RecoveringClient client = new RecoveringClient(test);
        Socket before = socket();
        before.join("r");
        server.emit("first");
        String id = id(client);
        client.lose();

        server.emit("all", 1);
        assertThat(before.emit("own", 2)).isEqualTo(EmitResult.DISCONNECTED);
        server.to("r").emit("room", (Object) new byte[] {3});
        server.to("r", "s").send("both");
        server.to(id).emit("id", 4);
        server.to("s").emit("not in s");
        server.except("r").emit("not in r");
        server.except(id).emit("not to it");
        server.asVolatile().emit("volatile");
        server.everybody().call("call", String.class);

        List<String> received = client.back();
        assertThat(received.stream().limit(5).map(RecoveryTest::withoutOffset))
                .containsExactly(
                        "42[\"all\",1]",
                        "42[\"own\",2]",
                        "451-[\"room\",{\"_placeholder\":true,\"num\":0}]",
                        "42[\"message\",\"both\"]",
                        "42[\"id\",4]");
        assertThat(received).last().isEqualTo(client.joined());
        assertThat(received).hasSize(6);
        assertThat(client.line().receivedBinary()).hasSize(1);
    }

    @Test
    void whatWasSentButNotReceivedIsSentAgainAndNothingElse() {
        RecoveringClient client = new RecoveringClient(test);
        server.emit("a");
        String offset = Objects.requireNonNull(client.offset());
        String pid = pid(client);
        server.emit("b");
        server.emit("c");
        client.lose();
        server.emit("d");

        List<String> received = client.back("{\"pid\":\"" + pid + "\",\"offset\":\"" + offset + "\"}");
        assertThat(received.stream().limit(3).map(RecoveryTest::withoutOffset))
                .containsExactly("42[\"b\"]", "42[\"c\"]", "42[\"d\"]");
    }

    /** B16: as with the reference, which does not forget the session either. */
    @Test
    void aWrongOffsetDoesNotUseUpTheSession() {
        RecoveringClient client = new RecoveringClient(test);
        server.emit("a");
        String id = id(client);
        String pid = pid(client);
        String offset = Objects.requireNonNull(client.offset());
        client.lose();

        client.back("{\"pid\":\"" + pid + "\",\"offset\":\"wrong\"}");
        assertThat(socket().recovered()).isFalse();
        client.back("{\"pid\":\"" + pid + "\",\"offset\":\"" + offset + "\"}");
        assertThat(socket().recovered()).isTrue();
        assertThat(socket().id()).isEqualTo(id);
    }

    @Test
    void theSecondTimeIsAsTheFirst() {
        RecoveringClient client = new RecoveringClient(test);
        server.emit("a");
        String id = id(client);
        for (int i = 0; i < 3; i++) {
            client.lose();
            server.emit("away", i);
            assertThat(withoutOffset(client.back().get(0))).isEqualTo("42[\"away\"," + i + "]");
        }
        client.lose();
        assertThat(client.back()).containsExactly(client.joined());
        assertThat(client.sid()).isEqualTo(id);
    }

    /** Packets and reasons: those in the reference's table RECOVERABLE_DISCONNECT_REASONS, and others. */
    @ParameterizedTest
    @ValueSource(strings = {"4abc forced close", "42/nowhere,[\"a\"] forced server close", "2 transport error"})
    void whoBreaksTheRulesMayComeBack(String packetAndReason) {
        RecoveringClient client = new RecoveringClient(test);
        server.emit("first");
        client.read();
        int space = packetAndReason.indexOf(' ');
        client.line().send(packetAndReason.substring(0, space));

        assertThat(reported).containsExactly(packetAndReason.substring(space + 1));
        assertThat(client.back()).containsExactly(client.joined());
        assertThat(socket().recovered()).isTrue();
    }

    @Test
    void whoAnswersNoHeartbeatMayComeBack() {
        RecoveringClient client = new RecoveringClient(test);
        server.emit("first");
        client.read();
        test.advance(Duration.ofHours(6));
        assertThat(reported).containsExactly("ping timeout");

        assertThat(server.sockets()).isEmpty();
    }

    @Test
    void whoeverSaidGoodbyeBeginsAnew() {
        RecoveringClient client = new RecoveringClient(test);
        server.emit("first");
        client.read();
        client.line().send("41");
        client.lose();
        assertBeginsAnew(client);

        server.emit("first");
        client.read();
        socket().disconnect();
        client.lose();
        assertBeginsAnew(client);

        server.emit("first");
        client.read();
        socket().disconnect(true);
        assertBeginsAnew(client);

        server.emit("first");
        client.read();
        client.line().send("z");
        assertBeginsAnew(client);
        assertThat(reported)
                .containsExactly(
                        "client namespace disconnect",
                        "server namespace disconnect",
                        "server namespace disconnect",
                        "parse error");
    }

    @Test
    void theTimeCountsFromTheDisconnection() {
        RecoveringClient client = new RecoveringClient(test);
        test.advance(AWAY.multipliedBy(10));
        server.emit("first");
        client.lose();
        test.advance(AWAY);
        assertThat(client.back()).containsExactly(client.joined());
        assertThat(socket().recovered()).isTrue();

        client.lose();
        test.advance(AWAY.plusMillis(1));
        assertBeginsAnew(client);
    }

    /** The reference removes the packet and starts a new session, although no packet is missing. */
    @Test
    void theLastPacketMayHaveComeLongBefore() {
        RecoveringClient client = new RecoveringClient(test);
        RecoveringClient other = new RecoveringClient(test);
        server.emit("first");
        client.read();
        test.advance(AWAY.multipliedBy(2));
        server.to(id(other)).emit("only to the other");
        test.advance(AWAY.multipliedBy(2));
        server.to(id(other)).emit("only to the other");
        client.lose();
        server.emit("away");

        List<String> received = client.back();
        assertThat(received).hasSize(2).last().isEqualTo(client.joined());
        assertThat(withoutOffset(received.get(0))).isEqualTo("42[\"away\"]");
    }

    @Test
    void aPacketThatIsForgottenBeforeItWasReceivedIsMissed() {
        RecoveringClient client = new RecoveringClient(test);
        server.emit("first");
        client.read();
        server.emit("on its way, never received");
        test.advance(AWAY.plusMillis(1));
        server.emit("makes the others go");
        String auth = "{\"pid\":\"" + pid(client) + "\",\"offset\":\""
                + offsetOf(client.line().received().get(2)) + "\"}";
        client.line().close();

        client.back(auth);
        assertThat(socket().recovered()).isFalse();
    }

    @Test
    void aSessionIsGivenOutOnce() {
        RecoveringClient client = new RecoveringClient(test);
        server.emit("first");
        client.lose();
        String auth = "{\"pid\":\"" + pid(client) + "\",\"offset\":\"" + client.offset() + "\"}";
        client.back(auth);
        assertThat(socket().recovered()).isTrue();

        RecoveringClient thief = new RecoveringClient(test);
        thief.back(auth);

        assertThat(socket().recovered()).isFalse();
        assertThat(thief.sid()).isNotEqualTo(client.sid());
        assertThat(server.sockets()).hasSize(3);
    }

    @Test
    void whatIsWrongMakesANewSocketWithoutAnError() {
        RecoveringClient client = new RecoveringClient(test);
        RecoveringClient elsewhere = elsewhere();
        server.emit("first");
        server.of("/elsewhere").emit("e");
        String pid = pid(client);
        String offset = Objects.requireNonNull(client.offset());
        List<String> wrong = List.of(
                "{\"pid\":\"unknown\",\"offset\":\"" + offset + "\"}",
                "{\"pid\":\"" + pid + "\",\"offset\":\"unknown\"}",
                "{\"pid\":\"" + pid + "\",\"offset\":\"\"}",
                "{\"pid\":\"" + pid + "\",\"offset\":\"" + offset + "0\"}",
                "{\"pid\":\"" + pid + "\",\"offset\":\"" + offset.replace("-", "-0") + "\"}",
                "{\"pid\":\"" + pid + "\",\"offset\":\"" + offset.replace("-", "--") + "\"}",
                "{\"pid\":\"" + pid + "\",\"offset\":\"" + elsewhere.offset() + "\"}",
                "{\"pid\":\"" + pid + "\"}",
                "{\"pid\":5,\"offset\":7}",
                "{\"pid\":\"" + pid(elsewhere) + "\",\"offset\":\"" + elsewhere.offset() + "\"}");
        for (String auth : wrong) {
            client.lose();
            assertThat(client.back(auth)).as(auth).hasSize(1);
            assertThat(socket().recovered()).as(auth).isFalse();
        }
        assertThat(joined).extracting(Socket::id).doesNotHaveDuplicates();
    }

    @Test
    void namespacesComeBackOneByOne() {
        RecoveringClient elsewhere = elsewhere();
        server.of("/elsewhere").emit("e");
        elsewhere.lose();
        server.emit("not there");
        server.of("/elsewhere").emit("there");

        List<String> received = elsewhere.back();
        assertThat(received).hasSize(2);
        assertThat(withoutOffset(received.get(0))).isEqualTo("42/elsewhere,[\"there\"]");
    }

    @Test
    void dynamicNamespacesRecoverWhileTheyExist() {
        server.of(Pattern.compile("/dyn\\d"));
        RecoveringClient client = new RecoveringClient(test, "/dyn1,");
        server.of("/dyn1").emit("e");
        client.lose();

        assertThat(client.back()).containsExactly(client.joined());
    }

    @Test
    void listenersOfWhatIsSentDoNotSeeTheOffset() {
        new RecoveringClient(test);
        List<Object> sent = new ArrayList<>();
        server.onAnyOutgoing((socket, event, arguments) -> sent.add(event + " " + arguments.size()));
        server.emit("a", 1);
        socket().emit("b");

        assertThat(sent).containsExactly("a 1", "b 0");
    }

    private RecoveringClient elsewhere() {
        server.of("/elsewhere");
        return new RecoveringClient(test, "/elsewhere,");
    }

    private void assertBeginsAnew(RecoveringClient client) {
        String before = id(client);
        assertThat(client.back()).hasSize(1);
        assertThat(socket().recovered()).isFalse();
        assertThat(id(client)).isNotEqualTo(before);
    }

    /** Returns the socket that joined last. */
    private Socket socket() {
        return joined.get(joined.size() - 1);
    }

    private static String id(RecoveringClient client) {
        return Objects.requireNonNull(client.sid());
    }

    private static String pid(RecoveringClient client) {
        return Objects.requireNonNull(client.pid());
    }

    private static String offsetOf(String event) {
        return event.replaceAll(".*\"(.*?)\"]", "$1");
    }

    private static String withoutOffset(String event) {
        return event.replaceAll(",\"[0-9a-z]+-[0-9a-z]+\"]$", "]");
    }
}
