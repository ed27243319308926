package io.everwire.testkit.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.ServerOptions;
import io.everwire.protocol.Bytes;
import io.everwire.testkit.TestServer;
import io.everwire.testkit.TestWebSocket;
import org.junit.jupiter.api.Test;

/** A message of Engine.IO that is sent with the response that opens a connection. */
class InitialPacketTest {
    private static final String LINE = "/socket.io/?EIO=4&transport=websocket";
    private static final String POLL = "/socket.io/?EIO=4&transport=polling";

    @Test
    void textFollowsTheOpenPacket() {
        TestServer test = server(ServerOptions.builder().initialPacket("hé"));

        assertThat(test.request("GET", POLL).send().response().text()).endsWith("}\u001e4hé");
        assertThat(test.webSocket(LINE).received()).hasSize(2).endsWith("4hé");
    }

    @Test
    void soDoBytesWhichAreNotTheCallersToChangeAnyMore() {
        byte[] bytes = {1, 2, -1};
        ServerOptions.Builder options = ServerOptions.builder().initialPacket(bytes);
        bytes[0] = 9;
        TestServer test = server(options);

        assertThat(test.request("GET", POLL).send().response().text()).endsWith("}\u001ebAQL/");
        TestWebSocket line = test.webSocket(LINE);
        assertThat(line.received()).hasSize(1);
        assertThat(line.receivedBinary()).containsExactly(Bytes.of(new byte[] {1, 2, -1}));
    }

    @Test
    void theLastOneSaidCounts() {
        TestServer test =
                server(ServerOptions.builder().initialPacket(new byte[] {1}).initialPacket("last"));

        assertThat(test.request("GET", POLL).send().response().text()).endsWith("}\u001e4last");
    }

    private static TestServer server(ServerOptions.Builder options) {
        return TestServer.create(options.build());
    }
}
