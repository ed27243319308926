package io.everwire.testkit.gen0;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.AckResponses;
import io.everwire.AcksUnsupportedException;
import io.everwire.Socket;
import io.everwire.testkit.TestClient;
import io.everwire.testkit.TestEvent;
import io.everwire.testkit.TestServer;
import io.everwire.testkit.TestWebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A 0.6 client in one room with a later client. It has no events: they reach it as JSON messages. */
class CrossGenerationTest {
    private final List<Socket> sockets = new ArrayList<>();
    private final TestServer test = TestServer.create();
    private TestWebSocket old;
    private TestClient later;

    @BeforeEach
    void bothComeIn() {
        test.server().onConnection(socket -> {
            socket.join("lobby");
            sockets.add(socket);
        });
        old = test.webSocket("/socket.io/websocket");
        later = test.connect();
    }

    private List<String> news() {
        return old.received().subList(1, old.received().size());
    }

    private static String json(String json) {
        return "~m~" + (json.length() + 3) + "~m~~j~" + json;
    }

    @Test
    void anEventToARoomReachesBoth() {
        test.server().to("lobby").emit("news", "a", Map.of("b", List.of(1, true)));
        assertThat(news()).containsExactly(json("{\"name\":\"news\",\"args\":[\"a\",{\"b\":[1,true]}]}"));
        assertThat(later.received()).containsExactly(TestEvent.of("news", "a", Map.of("b", List.of(1, true))));
    }

    @Test
    void aMessageToARoomReachesBothAsWhatItIs() {
        test.server().to("lobby").send("text");
        assertThat(news()).containsExactly("~m~4~m~text");
        assertThat(later.received()).containsExactly(TestEvent.of("message", "text"));
    }

    @Test
    void binaryDataIsAStringOfBase64() {
        test.server().to("lobby").emit("bytes", (Object) new byte[] {1, 2, 3});
        assertThat(news()).containsExactly(json("{\"name\":\"bytes\",\"args\":[\"AQID\"]}"));
    }

    @Test
    void theyTalkToEachOther() {
        test.server().onMessage((socket, message) -> socket.broadcast().send(message));
        old.send("~m~6~m~from 0");
        later.send("from 1");
        assertThat(later.received()).containsExactly(TestEvent.of("message", "from 0"));
        assertThat(news()).containsExactly("~m~6~m~from 1");
    }

    @Test
    void askedForAnAckItFailsAtOnceAndIsSentNothing() {
        CompletableFuture<String> call = sockets.get(0).call("question", String.class);
        assertThat(call).isCompletedExceptionally();
        assertThatThrownBy(call::join).hasCauseInstanceOf(AcksUnsupportedException.class);
        assertThat(news()).isEmpty();
    }

    @Test
    void aCallToTheRoomDoesNotWaitForIt() {
        CompletableFuture<AckResponses<String>> call = test.server().to("lobby").call("question", String.class);
        later.ack(later.received().get(0), "answer");
        assertThat(call).isCompleted();
        assertThat(call.join().bySocket())
                .containsExactly(Map.entry(sockets.get(1).id(), "answer"));
        assertThat(call.join().missing()).containsExactly(sockets.get(0).id());
        assertThat(news()).isEmpty();
    }
}
