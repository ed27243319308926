package io.everwire.testkit.eio3;

import io.everwire.testkit.PlaceholderContract;
import io.everwire.testkit.TestServer;
import io.everwire.testkit.TestWebSocket;

class Eio3PlaceholdersInServerTest extends PlaceholderContract {
    @Override
    protected TestWebSocket join(TestServer server) {
        return server.webSocket("/socket.io/?EIO=3&transport=websocket");
    }
}
