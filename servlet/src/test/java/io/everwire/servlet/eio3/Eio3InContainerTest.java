package io.everwire.servlet.eio3;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.servlet.ContainerServer;
import io.everwire.testkit.host.RawPeer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class Eio3InContainerTest {
    private static final String PATH = "/socket.io/?EIO=3&transport=";

    @Test
    @DisplayName("a client polls, joins, and gets its echo over polling and over a WebSocket")
    void echo() throws Exception {
        try (ContainerServer server = ContainerServer.start();
                RawPeer peer = server.connect();
                RawPeer socket = server.connect()) {
            String opened = get(peer, "");
            String sid = opened.replaceFirst("(?s).*\"sid\":\"([^\"]+).*", "$1");
            assertThat(opened).contains("0{\"sid\":\"" + sid);
            assertThat(get(peer, "&sid=" + sid)).isEqualTo("2:40");
            String packet = "16:42[\"echo\",\"hey\"]";
            peer.send("POST " + PATH + "polling&sid=" + sid + " HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\n"
                    + "Content-Length: " + packet.length() + "\r\n\r\n" + packet);
            assertThat(peer.answer()).endsWith("\r\n\r\nok");
            assertThat(get(peer, "&sid=" + sid)).isEqualTo(packet);

            socket.send("GET " + PATH + "websocket HTTP/1.1\r\n" + RawPeer.upgrade(13) + "\r\n");
            assertThat(socket.answer()).startsWith("HTTP/1.1 101");
            assertThat(socket.message()).startsWith("0{");
            assertThat(socket.message()).isEqualTo("40");
            assertThat(socket.text("42[\"echo\",\"x\"]").message()).isEqualTo("42[\"echo\",\"x\"]");
        }
    }

    private static String get(RawPeer peer, String query) throws Exception {
        peer.send("GET " + PATH + "polling" + query + "&b64=1 HTTP/1.1\r\nHost: a\r\n\r\n");
        String answer = peer.answer();
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }
}
