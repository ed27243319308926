package io.everwire.testkit.host.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.DeflateOptions;
import io.everwire.Host;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.testkit.host.RawPeer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The properties of connections that the reference's own tests check, over real sockets. */
@Timeout(120)
public abstract class HostRobustnessContract {
    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
    private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";
    private static final String LARGE = "x".repeat(5_000);
    private static final int MEGABYTE = 1_000_000;

    private final SocketIoServer server = SocketIoServer.create(ServerOptions.builder()
            .perMessageDeflate(DeflateOptions.DEFAULTS)
            .maxQueuedBytes(20 * MEGABYTE)
            .build());
    private final List<AutoCloseable> open = new ArrayList<>();
    private @Nullable Host port;

    /** Starts the host under test on a port of 127.0.0.1; a WebSocket may take 30 s to close. */
    protected abstract Host bind(SocketIoServer server) throws Exception;

    /** Returns whether the server's compression of WebSockets is used. */
    protected boolean compresses() {
        return true;
    }

    @BeforeEach
    void bind() throws Exception {
        port = bind(server);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable peer : open) {
            peer.close();
        }
        server.close();
        if (port != null) {
            port.close().get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    public void chunkedBodiesMayBeSplitAnywhere() throws Exception {
        server.onCall("echo", String.class, (socket, text) -> text);
        RawPeer peer = peer();
        String sid = join(peer);
        byte[] packet = "420[\"echo\",\"\u20AC\uD83D\uDE00\"]".getBytes(StandardCharsets.UTF_8);

        peer.send("POST " + POLLING + "&sid=" + sid
                + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (byte b : packet) {
            peer.send("1\r\n").send(new byte[] {b}).send("\r\n");
        }

        assertThat(peer.send("0\r\n\r\n").answer()).endsWith("\r\n\r\nok");
        assertThat(get(peer, sid)).endsWith("\r\n\r\n430[\"\u20AC\uD83D\uDE00\"]");
    }

    /** A message that is encoded once for all connections must not be changed for one of them. */
    @Test
    public void oneBroadcastIsReadByThoseWhoAgreedToCompressionAndByThoseWhoDidNot() throws Exception {
        RawPeer plain = line("");
        RawPeer compressing = line("Sec-WebSocket-Extensions: permessage-deflate\r\n");
        RawPeer polling = peer();
        String sid = join(polling);

        for (int i = 0; i < 3; i++) {
            server.emit("large", LARGE + i);
            String packet = "42[\"large\",\"" + LARGE + i + "\"]";

            assertThat(plain.message()).isEqualTo(packet);
            if (compresses()) {
                RawPeer.Frame frame = compressing.frame();
                assertThat(frame.first()).isEqualTo(0xC1);
                assertThat(frame.payload().length).isLessThan(500);
                assertThat(inflate(frame.payload())).isEqualTo(packet);
            } else {
                assertThat(compressing.message()).isEqualTo(packet);
            }
            assertThat(get(polling, sid)).endsWith("\r\n\r\n" + packet);
        }
    }

    /** More than systems buffer for a peer that does not read, which is some megabytes on a loopback. */
    @Test
    public void queuedMessagesArriveBeforeTheServerCloses() throws Exception {
        server.on("leave", socket -> {
            for (int i = 0; i < 10; i++) {
                socket.compress(false).emit("last", i, "x".repeat(MEGABYTE));
            }
            socket.disconnect(true);
        });
        RawPeer peer = RawPeer.open(port.address(), 65_536);
        open.add(peer);
        upgrade(peer, "").text("42[\"leave\"]");

        for (int i = 0; i < 10; i++) {
            assertThat(peer.message()).startsWith("42[\"last\"," + i + ",").hasSizeGreaterThan(MEGABYTE);
        }
        assertThat(peer.message()).isEqualTo("41");
        assertThat(peer.message()).startsWith("close");
    }

    private RawPeer peer() throws IOException {
        RawPeer peer = RawPeer.open(port.address());
        open.add(peer);
        return peer;
    }

    /** Returns a WebSocket that has joined, requested with further headers. */
    private RawPeer line(String headers) throws IOException {
        return upgrade(peer(), headers);
    }

    private static RawPeer upgrade(RawPeer peer, String headers) throws IOException {
        peer.send("GET " + WEBSOCKET + " HTTP/1.1\r\n" + RawPeer.upgrade(13) + headers + "\r\n");
        assertThat(peer.answer()).startsWith("HTTP/1.1 101");
        assertThat(peer.message()).startsWith("0{");
        assertThat(peer.text("40").message()).startsWith("40{");
        return peer;
    }

    private static String join(RawPeer peer) throws IOException {
        peer.send("GET " + POLLING + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        String sid = peer.answer().replaceFirst("(?s).*\"sid\":\"([^\"]+).*", "$1");
        peer.send("POST " + POLLING + "&sid=" + sid + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n40");
        assertThat(peer.answer()).endsWith("ok");
        assertThat(get(peer, sid)).contains("40{");
        return sid;
    }

    private static String get(RawPeer peer, String sid) throws IOException {
        return peer.send("GET " + POLLING + "&sid=" + sid + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .answer();
    }

    private static String inflate(byte[] payload) throws Exception {
        Inflater inflater = new Inflater(true);
        byte[] in = Arrays.copyOf(payload, payload.length + 4);
        in[in.length - 1] = -1;
        in[in.length - 2] = -1;
        inflater.setInput(in);
        byte[] out = new byte[2 * LARGE.length()];
        int length = inflater.inflate(out);
        inflater.end();
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }
}
