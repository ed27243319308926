package io.everwire.testkit.gen0;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.DropReason;
import io.everwire.EmitResult;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.testkit.TestServer;
import io.everwire.testkit.TestWebSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Volatile packets are dropped for 0.6 clients, too, while they do not read. */
class VolatileTest {
    @Test
    void clientsOf2010AreNoException() {
        List<Socket> sockets = new ArrayList<>();
        TestServer test = TestServer.create(ServerOptions.builder().build());
        test.server().onConnection(sockets::add);
        TestWebSocket line = test.webSocket("/socket.io/websocket");
        int before = line.received().size();
        line.writable(false);

        assertThat(sockets.get(0).asVolatile().send("v")).isEqualTo(EmitResult.dropped(DropReason.VOLATILE));
        line.writable(true);
        assertThat(sockets.get(0).asVolatile().send("w")).isEqualTo(EmitResult.ACCEPTED);

        assertThat(line.received().subList(before, line.received().size())).containsExactly("~m~1~m~w");
    }
}
