package io.everwire.netty.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.DeflateOptions;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.netty.NettyOptions;
import io.everwire.netty.NettyServer;
import io.everwire.testkit.host.RawPeer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Broadcasts to many clients of one event loop, some of them compressed: each client receives all messages in order.
 */
@Timeout(120)
class BroadcastFramesTest {
    private static final String LONG = "news ".repeat(3_000);

    private final SocketIoServer server = SocketIoServer.create(ServerOptions.builder()
            .perMessageDeflate(DeflateOptions.builder().threshold(100).build())
            .build());
    private final List<RawPeer> plain = new ArrayList<>();
    private final List<RawPeer> compressed = new ArrayList<>();

    @BeforeEach
    void connect() throws Exception {
        NettyServer host = NettyServer.builder(server)
                .options(NettyOptions.builder().workerThreads(1).build())
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        for (int i = 0; i < 3; i++) {
            plain.add(join(host.address(), ""));
            compressed.add(join(host.address(), "Sec-WebSocket-Extensions: permessage-deflate\r\n"));
        }
    }

    private static RawPeer join(InetSocketAddress address, String header) throws Exception {
        RawPeer peer = RawPeer.open(address)
                .send("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n" + header + RawPeer.upgrade(13) + "\r\n");
        assertThat(peer.answer()).startsWith("HTTP/1.1 101");
        assertThat(text(peer)).startsWith("0{");
        peer.text("40");
        assertThat(text(peer)).startsWith("40{");
        return peer;
    }

    @AfterEach
    void close() throws Exception {
        for (RawPeer peer : plain) {
            peer.close();
        }
        for (RawPeer peer : compressed) {
            peer.close();
        }
        server.close();
    }

    @Test
    void smallAndLargeOnes() throws Exception {
        server.emit("a", 1);
        server.emit("b", LONG);
        server.emit("c", 2);
        for (RawPeer peer : all()) {
            assertThat(text(peer)).isEqualTo("42[\"a\",1]");
            assertThat(text(peer)).isEqualTo("42[\"b\",\"" + LONG + "\"]");
            assertThat(text(peer)).isEqualTo("42[\"c\",2]");
        }
    }

    @Test
    void binaryOnes() throws Exception {
        byte[] bytes = new byte[20_000];
        Arrays.fill(bytes, (byte) 7);
        server.emit("bin", bytes, new byte[] {1, 2});
        for (RawPeer peer : all()) {
            assertThat(text(peer)).startsWith("452-[\"bin\",");
            assertThat(content(peer)).isEqualTo(bytes);
            assertThat(content(peer)).containsExactly(1, 2);
        }
    }

    @Test
    void compressedOnesAreTheSameBytesForAll() throws Exception {
        server.emit("b", LONG);
        List<byte[]> payloads = new ArrayList<>();
        for (RawPeer peer : compressed) {
            RawPeer.Frame frame = peer.frame();
            assertThat(frame.first()).isEqualTo(0xC1);
            payloads.add(frame.payload());
        }
        assertThat(payloads.get(1)).isEqualTo(payloads.get(0)).hasSizeLessThan(200);
        assertThat(payloads.get(2)).isEqualTo(payloads.get(0));
    }

    private List<RawPeer> all() {
        List<RawPeer> all = new ArrayList<>(plain);
        all.addAll(compressed);
        return all;
    }

    private static String text(RawPeer peer) throws Exception {
        return new String(content(peer), StandardCharsets.UTF_8);
    }

    private static byte[] content(RawPeer peer) throws Exception {
        RawPeer.Frame frame = peer.frame();
        return (frame.first() & 0x40) == 0 ? frame.payload() : inflated(frame.payload());
    }

    private static byte[] inflated(byte[] payload) throws DataFormatException {
        Inflater inflater = new Inflater(true);
        byte[] all = Arrays.copyOf(payload, payload.length + 4);
        all[all.length - 1] = (byte) 0xFF;
        all[all.length - 2] = (byte) 0xFF;
        inflater.setInput(all);
        byte[] out = new byte[100_000];
        int length = inflater.inflate(out);
        inflater.end();
        return Arrays.copyOf(out, length);
    }
}
