package io.everwire.netty.gen0;

import io.everwire.netty.WritabilityContract;
import org.junit.jupiter.api.Test;

/** Clients 0.6 that read slowly, on a WebSocket before RFC 6455 and on a stream. */
class Gen0WritabilityTest extends WritabilityContract {
    @Test
    void hixie() throws Exception {
        volatileMessagesPassAgainOnceTheClientReads(
                "gen0",
                "GET /socket.io/websocket HTTP/1.1\r\nUpgrade: WebSocket\r\n"
                        + "Connection: Upgrade\r\nHost: localhost\r\nOrigin: http://localhost\r\n\r\n");
    }

    @Test
    void stream() throws Exception {
        volatileMessagesPassAgainOnceTheClientReads(
                "gen0", "GET /socket.io/server-events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    }
}
