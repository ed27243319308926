package io.everwire.testkit.eio4;

import io.everwire.testkit.PlaceholderContract;
import io.everwire.testkit.TestServer;
import io.everwire.testkit.TestWebSocket;

class Eio4PlaceholdersInServerTest extends PlaceholderContract {
    @Override
    protected TestWebSocket join(TestServer server) {
        return server.webSocket("/socket.io/?EIO=4&transport=websocket").send("40");
    }
}
