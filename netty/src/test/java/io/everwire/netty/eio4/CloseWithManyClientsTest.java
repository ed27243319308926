package io.everwire.netty.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.testkit.host.RawPeer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The end of a server with many clients that send and receive: nothing that was sent before it is lost. */
@Timeout(120)
class CloseWithManyClientsTest {
    private static final int CLIENTS = 500;
    private static final int EVENTS = 50;
    private static final String TARGET = "/socket.io/?EIO=4&transport=websocket";

    private final List<RawPeer> peers = new ArrayList<>();

    @Test
    void everyClientReceivesAllEventsThatWereEmittedBefore() throws Exception {
        SocketIoServer server = SocketIoServer.create(ServerOptions.builder().build());
        server.on("count", int.class, (socket, number) -> socket.emit("counted", number));
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        try {
            for (int i = 0; i < CLIENTS; i++) {
                peers.add(join(server));
            }

            for (int i = 0; i < EVENTS; i++) {
                for (RawPeer peer : peers) {
                    peer.text("42[\"count\"," + i + "]");
                }
                server.emit("event", i);
            }
            server.closeAsync();

            List<String> all = IntStream.range(0, EVENTS)
                    .mapToObj(i -> "42[\"event\"," + i + "]")
                    .toList();
            for (RawPeer peer : peers) {
                List<String> received = readAll(peer);
                assertThat(received).filteredOn(all::contains).isEqualTo(all);
                List<String> counted = received.stream()
                        .filter(text -> text.contains("counted"))
                        .toList();
                assertThat(counted)
                        .isEqualTo(IntStream.range(0, counted.size())
                                .mapToObj(i -> "42[\"counted\"," + i + "]")
                                .toList());
            }
        } finally {
            for (RawPeer peer : peers) {
                peer.close();
            }
            server.close();
        }
        assertThat(server.engine().clientsCount()).isZero();
    }

    private static RawPeer join(SocketIoServer server) throws IOException {
        RawPeer peer = RawPeer.open(server.host().address());
        peer.send("GET " + TARGET + " HTTP/1.1\r\n" + RawPeer.upgrade(13) + "\r\n");
        assertThat(peer.answer()).startsWith("HTTP/1.1 101");
        assertThat(peer.message()).startsWith("0{");
        assertThat(peer.text("40").message()).startsWith("40{");
        return peer;
    }

    /** Returns all messages up to the close frame. */
    private static List<String> readAll(RawPeer peer) throws IOException {
        List<String> messages = new ArrayList<>();
        for (String message = peer.message(); !message.startsWith("close"); message = peer.message()) {
            messages.add(message);
        }
        return messages;
    }
}
