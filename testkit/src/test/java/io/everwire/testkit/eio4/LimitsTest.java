package io.everwire.testkit.eio4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.LimitOptions;
import io.everwire.ProxyOptions;
import io.everwire.ServerObserver;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.testkit.TestExchange;
import io.everwire.testkit.TestServer;
import io.everwire.testkit.TestWebSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Limits of the data that clients can make the server keep. */
class LimitsTest {
    private static final String OPEN = "/socket.io/?EIO=4&transport=polling";
    private static final String LINE = "/socket.io/?EIO=4&transport=websocket";

    private final List<Socket> sockets = new ArrayList<>();
    private final List<String> reported = new ArrayList<>();

    @Test
    void onlySoManyConnectionsMayHaveJoinedNothing() {
        TestServer test = server(limits -> limits.maxUnconnected(2));
        TestWebSocket first = test.webSocket(LINE);
        test.webSocket(LINE);
        TestExchange refused = test.request("GET", OPEN).send();
        assertThat(refused.response().status()).isEqualTo(503);

        first.send("40");
        assertThat(test.request("GET", OPEN).send().response().status())
                .as("one of them has joined")
                .isEqualTo(200);
        first.send("40/other,").close();
        assertThat(test.webSocket(LINE).refused())
                .as("its connection is not counted any more")
                .isTrue();
    }

    @Test
    void whoGoesWithoutHavingJoinedLeavesItsPlace() {
        TestServer test = server(limits -> limits.maxUnconnected(1));
        for (int i = 0; i < 5; i++) {
            TestWebSocket line = test.webSocket(LINE);
            assertThat(line.refused()).isFalse();
            line.close();
        }
        test.webSocket(LINE);
        test.advance(Duration.ofSeconds(45));
        assertThat(test.webSocket(LINE).refused())
                .as("the connect timeout is over")
                .isFalse();
    }

    @Test
    void whoIsRefusedByMiddlewareHasNotJoined() {
        TestServer test = server(limits -> limits.maxUnconnected(1));
        test.webSocket(LINE).send("40/nowhere,");

        assertThat(test.webSocket(LINE).refused()).isTrue();
    }

    @Test
    void onlySoManyConnectionsMayComeFromOneAddress() {
        TestServer test = server(limits -> limits.maxSessionsPerAddress(2));
        TestWebSocket first = from(test, "192.0.2.1", 1000);
        from(test, "192.0.2.1", 1001).send("40");
        assertThat(from(test, "192.0.2.1", 1002).refused()).isTrue();
        assertThat(from(test, "192.0.2.2", 1000).refused()).isFalse();

        first.close();

        assertThat(from(test, "192.0.2.1", 1003).refused()).isFalse();
    }

    @Test
    void aNetworkOfIpv6IsOneAddress() {
        TestServer test = server(limits -> limits.maxSessionsPerAddress(1));
        assertThat(from(test, "2001:db8:0:1::1", 1000).refused()).isFalse();
        assertThat(from(test, "2001:db8:0:1:ffff::2", 1000).refused()).isTrue();
        assertThat(from(test, "2001:db8:0:2::1", 1000).refused()).isFalse();
    }

    @Test
    void behindATrustedProxyEachClientHasItsOwnAddress() {
        TestServer test = TestServer.create(ServerOptions.builder()
                .limits(LimitOptions.builder().maxSessionsPerAddress(1).build())
                .trustedProxies(ProxyOptions.of("192.0.2.1"))
                .build());
        test.server().onConnection(sockets::add);
        TestWebSocket first = through(test, "192.0.2.1", "203.0.113.1").send("40");

        assertThat(through(test, "192.0.2.1", "203.0.113.1").refused()).isTrue();
        assertThat(through(test, "192.0.2.1", "203.0.113.2").refused()).isFalse();
        assertThat(through(test, "192.0.2.2", "203.0.113.3").refused()).isFalse();
        assertThat(through(test, "192.0.2.2", "203.0.113.4").refused())
                .as("the header of an untrusted proxy is ignored")
                .isTrue();
        assertThat(sockets.get(0).handshake().address().getHostString()).isEqualTo("203.0.113.1");

        first.close();
        assertThat(through(test, "192.0.2.1", "203.0.113.1").refused()).isFalse();
    }

    @Test
    void aNamespaceWithALongNameIsNotAskedFor() {
        TestServer test = server(limits -> limits.maxNamespaceLength(10));
        test.server().of("/123456789");
        test.server().of("/1234567890");

        TestWebSocket fits = test.webSocket(LINE).send("40/123456789,");
        TestWebSocket tooLong = test.webSocket(LINE).send("40/1234567890,");

        assertThat(fits.received()).last().asString().startsWith("40/123456789,{");
        assertThat(tooLong.received())
                .last()
                .isEqualTo("44/1234567890,{\"message\":\"maxNamespaceLength: the limit is 10, not 11\"}");
        assertThat(tooLong.closed()).isFalse();
    }

    /** A2: one page with many namespaces on one connection. */
    @Test
    void oneNamespaceTooManyIsRefusedAndTheOthersStay() {
        List<String> passed = new ArrayList<>();
        TestServer test = TestServer.create(ServerOptions.builder()
                .maxNamespaces(2)
                .observer(new ServerObserver() {
                    @Override
                    public void limitReached(String option) {
                        passed.add(option);
                    }
                })
                .build());
        List.of("/a", "/b", "/c").forEach(test.server()::of);
        test.server().onAny((socket, event, arguments) -> reported.add(event));
        TestWebSocket line =
                test.webSocket(LINE).send("40").send("40/a,").send("40/b,").send("40/c,");

        assertThat(line.received())
                .endsWith(
                        "44/b,{\"message\":\"maxNamespaces: the limit is 2, not 3\"}",
                        "44/c,{\"message\":\"maxNamespaces: the limit is 2, not 3\"}");
        line.send("42[\"still here\"]").send("41/a,").send("40/c,");
        assertThat(line.closed()).isFalse();
        assertThat(line.received()).last().asString().startsWith("40/c,{");
        assertThat(reported).containsExactly("still here");
        assertThat(passed).as("once for each client").containsExactly("maxNamespaces");
    }

    @Test
    void byDefaultAPageMayHaveHundredsOfNamespaces() {
        TestServer test = TestServer.create();
        TestWebSocket line = test.webSocket(LINE);
        for (int i = 0; i < 500; i++) {
            test.server().of("/" + i);
            line.send("40/" + i + ",");
        }

        assertThat(line.received()).hasSize(501).allMatch(text -> !text.startsWith("44"));
    }

    @Test
    void limitsOfPacketsAreNamedWhenTheyCloseTheClient() {
        List<String> passed = new ArrayList<>();
        TestServer test = TestServer.create(ServerOptions.builder()
                .maxAttachments(1)
                .maxJsonDepth(3)
                .limits(LimitOptions.builder()
                        .attachmentTimeout(Duration.ofSeconds(1))
                        .build())
                .observer(new ServerObserver() {
                    @Override
                    public void limitReached(String option) {
                        passed.add(option);
                    }
                })
                .build());
        test.webSocket(LINE).send("40").send("452-[\"e\",{\"_placeholder\":true,\"num\":0}]");
        test.webSocket(LINE).send("40").send("42[\"e\",[[[1]]]]");
        test.webSocket(LINE).send("40").send("451-[\"e\",{\"_placeholder\":true,\"num\":0}]");
        test.advance(Duration.ofSeconds(1));

        assertThat(passed).containsExactly("maxAttachments", "maxJsonDepth", "attachmentTimeout");
    }

    @Test
    void anEventWithALongNameIsDropped() {
        TestServer test = server(limits -> limits.maxEventNameLength(5));
        test.server().onAny((socket, event, arguments) -> reported.add(event));
        TestWebSocket line = test.webSocket(LINE).send("40");
        TestWebSocket other = test.webSocket(LINE).send("40");

        line.send("42[\"12345\"]").send("42[\"123456\"]").send("42[\"54321\"]");
        other.send("42[\"still\"]");

        assertThat(reported).containsExactly("12345", "54321", "still");
        assertThat(line.closed()).isFalse();
        assertThat(other.closed()).isFalse();
    }

    @Test
    void aSocketJoinsOnlySoManyRooms() {
        TestServer test = server(limits -> limits.maxRoomsPerSocket(3));
        test.webSocket(LINE).send("40");
        Socket socket = sockets.get(0);

        socket.join("a", "b");
        for (int i = 0; i < 10; i++) {
            socket.join("a");
            socket.leave("a");
            socket.join("a", "b");
        }
        assertThatThrownBy(() -> socket.join("c"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("would be in 4 rooms, the limit is 3");
        assertThat(socket.rooms()).containsExactlyInAnyOrder(socket.id(), "a", "b");

        socket.leave("a");
        socket.join("c");
        assertThat(socket.rooms()).containsExactlyInAnyOrder(socket.id(), "b", "c");
    }

    @Test
    void soDoesOneThatIsStillJoining() {
        TestServer test = server(limits -> limits.maxRoomsPerSocket(2));
        test.server().use(socket -> socket.join("a", "b", "c"));

        TestWebSocket line = test.webSocket(LINE).send("40");

        assertThat(line.received()).last().asString().startsWith("44{");
        assertThat(sockets).isEmpty();
    }

    @Test
    void aServerHasOnlySoManyRooms() {
        TestServer test = server(limits -> limits.maxRooms(3));
        test.server().of("/other").onConnection(sockets::add);
        test.webSocket(LINE).send("40").send("40/other,");
        TestWebSocket second = test.webSocket(LINE).send("40");
        Socket socket = sockets.get(0);
        Socket elsewhere = sockets.get(1);

        socket.join("a", "b");
        elsewhere.join("a");
        assertThatThrownBy(() -> sockets.get(2).join("b", "c"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("maxRooms")
                .hasMessageContaining("the limit is 3");
        sockets.get(2).join("a", "b");
        assertThat(sockets.get(2).rooms()).hasSize(3);

        second.close();
        elsewhere.leave("a");
        socket.join("c");
        assertThatThrownBy(() -> elsewhere.join("a")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void roomsOfSocketsThatLeftAreCountedNoMore() {
        TestServer test = server(limits -> limits.maxRooms(1));
        test.server().onConnection(socket -> socket.join(socket.id(), "of " + socket.id()));
        for (int i = 0; i < 10; i++) {
            TestWebSocket line = test.webSocket(LINE).send("40");
            assertThat(sockets.get(i).rooms()).hasSize(2);
            sockets.get(i).leave(sockets.get(i).id());
            line.close();
        }
        test.webSocket(LINE).send("40");
        assertThat(sockets.get(10).rooms()).hasSize(2);
    }

    @Test
    void theRoomsOfWhoIsStillJoiningCountAsWell() {
        TestServer test = server(limits -> limits.maxRooms(1));
        test.server().use(socket -> socket.join("a", "b"));

        TestWebSocket line = test.webSocket(LINE).send("40");

        assertThat(line.received()).last().asString().startsWith("44{");
    }

    @Test
    void attachmentsThatDoNotComeInTimeCloseTheirClient() {
        TestServer test = server(limits -> limits.attachmentTimeout(Duration.ofSeconds(3)));
        TestWebSocket line = test.webSocket(LINE).send("40").send("451-[\"x\",{\"_placeholder\":true,\"num\":0}]");

        test.advance(Duration.ofMillis(2_999));
        assertThat(line.closed()).isFalse();
        test.advance(Duration.ofMillis(1));

        assertThat(line.closed()).isTrue();
    }

    private TestServer server(UnaryOperator<LimitOptions.Builder> limits) {
        TestServer test = TestServer.create(ServerOptions.builder()
                .limits(limits.apply(LimitOptions.builder()).build())
                .build());
        test.server().onConnection(sockets::add);
        return test;
    }

    private static TestWebSocket through(TestServer test, String proxy, String client) {
        return test.request("GET", LINE)
                .from(new InetSocketAddress(proxy, 1000))
                .header("X-Forwarded-For", client)
                .webSocket();
    }

    private static TestWebSocket from(TestServer test, String address, int port) {
        return test.request("GET", LINE)
                .from(new InetSocketAddress(address, port))
                .webSocket();
    }
}
