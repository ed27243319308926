package io.everwire.netty.eio4;

import io.everwire.netty.WritabilityContract;
import io.everwire.testkit.host.RawPeer;
import org.junit.jupiter.api.Test;

/** Clients that read slowly, on a WebSocket of RFC 6455. */
class Eio4WritabilityTest extends WritabilityContract {
    @Test
    void rfc6455() throws Exception {
        volatileMessagesPassAgainOnceTheClientReads(
                "eio4", "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n" + RawPeer.upgrade(13) + "\r\n");
    }
}
