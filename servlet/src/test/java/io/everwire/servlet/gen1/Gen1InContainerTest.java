package io.everwire.servlet.gen1;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.servlet.ContainerServer;
import io.everwire.testkit.host.RawPeer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class Gen1InContainerTest {
    private static final String ECHO = "5:::{\"name\":\"echo\",\"args\":[\"x\"]}";

    @Test
    @DisplayName("a client gets its echo over polling and over a WebSocket")
    void echo() throws Exception {
        try (ContainerServer server = ContainerServer.start();
                RawPeer peer = server.connect();
                RawPeer socket = server.connect()) {
            String poll = "/socket.io/1/xhr-polling/" + handshake(peer);
            assertThat(get(peer, poll)).isEqualTo("1::");
            peer.send("POST " + poll + " HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: "
                    + ECHO.length() + "\r\n\r\n" + ECHO);
            assertThat(peer.answer()).startsWith("HTTP/1.1 200");
            assertThat(get(peer, poll)).isEqualTo(ECHO);

            String target = "/socket.io/1/websocket/" + handshake(peer);
            socket.send("GET " + target + " HTTP/1.1\r\n" + RawPeer.upgrade(13) + "\r\n");
            assertThat(socket.answer()).startsWith("HTTP/1.1 101");
            assertThat(socket.message()).isEqualTo("1::");
            assertThat(socket.text(ECHO).message()).isEqualTo(ECHO);
        }
    }

    private static String handshake(RawPeer peer) throws Exception {
        return get(peer, "/socket.io/1/").split(":", 2)[0];
    }

    private static String get(RawPeer peer, String target) throws Exception {
        peer.send("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
        String answer = peer.answer();
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }
}
