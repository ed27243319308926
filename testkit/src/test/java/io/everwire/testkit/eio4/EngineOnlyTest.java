package io.everwire.testkit.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.AcksUnsupportedException;
import io.everwire.GenerationOptions;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.protocol.Bytes;
import io.everwire.testkit.TestServer;
import io.everwire.testkit.TestWebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Engine.IO 4 served alone: the features of applications that used the module engine.io. */
class EngineOnlyTest {
    private static final String LINE = "/engine.io/?EIO=4&transport=websocket";
    private static final String POLLING = "/engine.io/?EIO=4&transport=polling";

    private final List<Socket> sockets = new ArrayList<>();
    private final List<Object> received = new ArrayList<>();
    private final List<String> left = new ArrayList<>();
    private final TestServer test = TestServer.create(ServerOptions.builder()
            .path("/engine.io")
            .generations(GenerationOptions.builder().engineOnly(true).build())
            .build());

    EngineOnlyTest() {
        test.server().onConnection(sockets::add);
        test.server().onMessage((socket, message) -> received.add(message));
        test.server().onDisconnect((socket, reason) -> left.add(reason.toString()));
    }

    @Test
    void whoOpensASessionIsConnected() {
        TestWebSocket line = test.webSocket(LINE);

        assertThat(sockets).hasSize(1);
        assertThat(sockets.get(0).transport()).isEqualTo("websocket");
        assertThat(line.received()).hasSize(1).first().asString().startsWith("0{");
        assertThat(test.request("GET", POLLING).send().response().status()).isEqualTo(200);
        assertThat(sockets).hasSize(2);
        assertThat(sockets.get(1).transport()).isEqualTo("polling");
    }

    @Test
    void messagesAreTextsOrBytes() {
        test.webSocket(LINE).send("4hello").send("42[\"x\"]").send(new byte[] {1, 2});

        assertThat(received).containsExactly("hello", "2[\"x\"]", new byte[] {1, 2});
    }

    @Test
    void bothAreSent() {
        TestWebSocket line = test.webSocket(LINE);

        sockets.get(0).send("hello");
        sockets.get(0).send(new byte[] {1, 2});
        sockets.get(0).send(List.of(1, "x"));

        assertThat(line.received()).endsWith("4hello", "4[1,\"x\"]");
        assertThat(line.receivedBinary()).containsExactly(Bytes.of(new byte[] {1, 2}));
    }

    @Test
    void roomsAreTheServersAndNotTheWires() {
        TestWebSocket one = test.webSocket(LINE);
        TestWebSocket other = test.webSocket(LINE);
        sockets.get(0).join("room");

        test.server().to("room").send("hello");

        assertThat(one.received()).endsWith("4hello");
        assertThat(other.received()).hasSize(1);
    }

    @Test
    void thereAreNoAcks() {
        test.webSocket(LINE);

        assertThat(sockets.get(0).call("x", String.class))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(AcksUnsupportedException.class);
    }

    @Test
    void whoIsDisconnectedIsClosed() {
        TestWebSocket line = test.webSocket(LINE);

        sockets.get(0).disconnect();

        assertThat(line.closed()).isTrue();
        assertThat(left).containsExactly("server namespace disconnect");
    }

    @Test
    void whoGoesIsGone() {
        test.webSocket(LINE).close();

        assertThat(left).containsExactly("transport close");
    }

    @Test
    void whoIsNotLetInIsClosed() {
        test.server().use(socket -> {
            throw new IllegalStateException("not today");
        });

        assertThat(test.webSocket(LINE).closed()).isTrue();
        assertThat(sockets).isEmpty();
    }
}
