package io.everwire.testkit.eio3;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.ServerOptions;
import io.everwire.testkit.TestResponse;
import io.everwire.testkit.TestServer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Bytes of a message that is sent with the response that opens a connection. */
class InitialPacketTest {
    private final TestServer test = TestServer.create(
            ServerOptions.builder().initialPacket(new byte[] {1, 2, -1}).build());

    @Test
    void theyMakeTheAnswerBinary() {
        TestResponse response = open("");

        assertThat(response.header("Content-Type")).isEqualTo("application/octet-stream");
        String body = new String(response.body().toByteArray(), StandardCharsets.ISO_8859_1);
        assertThat(body)
                .startsWith("\u0000\u0001\u0001\u0008\u00ff0{")
                .endsWith("}\u0001\u0004\u00ff\u0004\u0001\u0002\u00ff");
    }

    @Test
    void clientsWithoutBinaryGetThemInBase64() {
        assertThat(open("&b64=1").text()).startsWith("118:0{").endsWith("}6:b4AQL/");
    }

    private TestResponse open(String more) {
        return test.request("GET", "/socket.io/?EIO=3&transport=polling" + more)
                .send()
                .response();
    }
}
