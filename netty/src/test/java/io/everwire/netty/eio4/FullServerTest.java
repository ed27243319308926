package io.everwire.netty.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.netty.EmbeddedPort;
import io.everwire.netty.NettyOptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FullServerTest {
    private static final String REQUEST =
            "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: h\r\nOrigin: http://h\r\n\r\n";

    @Test
    @DisplayName("A11: 503 when the server has no room, readable by the page")
    void overloaded() {
        SocketIoServer full =
                SocketIoServer.create(ServerOptions.builder().maxSessions(1).build());
        EmbeddedPort first = new EmbeddedPort(full, NettyOptions.DEFAULTS);
        EmbeddedPort second = new EmbeddedPort(full, NettyOptions.DEFAULTS);

        assertThat(first.ask(REQUEST)).startsWith("HTTP/1.1 200");
        assertThat(second.ask(REQUEST))
                .startsWith("HTTP/1.1 503")
                .containsIgnoringCase("\r\naccess-control-allow-origin: http://h\r\n")
                .containsIgnoringCase("\r\naccess-control-allow-credentials: true\r\n")
                .containsIgnoringCase("\r\nvary: origin\r\n");
        full.closeAsync();
        first.close();
        second.close();
    }
}
