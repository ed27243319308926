package io.everwire.testkit.host.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.Host;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.testkit.host.RawPeer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Advisories and attacks that concern each host, each under its own name, over real sockets with the default limits. */
@Timeout(120)
public abstract class HostAdvisoriesContract {
    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
    private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

    private final SocketIoServer server =
            SocketIoServer.create(ServerOptions.builder().build());
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final List<RawPeer> opened = new ArrayList<>();
    private @Nullable Host port;

    /** Starts the host under test on a port of 127.0.0.1, with its default limits. */
    protected abstract Host bind(SocketIoServer server) throws Exception;

    /** Returns whether the host itself reads heads and frames, with the limits of Everwire. */
    protected boolean ownLimits() {
        return true;
    }

    /** Returns a number of headers that the host rejects: a host that limits only the size of a head needs more of them. */
    protected int tooManyHeaders() {
        return 2_500;
    }

    /** Returns whether the host limits the number of fragments; others join them, so that they cost only their bytes. */
    protected boolean limitsFragments() {
        return true;
    }

    @BeforeEach
    void open() throws Exception {
        server.on("e", String.class, (socket, text) -> told.add(text));
        server.onDisconnect((socket, reason) -> told.add(reason.toString()));
        server.onCall("ask", socket -> "answer");
        port = bind(server);
    }

    @AfterEach
    void close() throws Exception {
        for (RawPeer peer : opened) {
            peer.close();
        }
        server.close();
        if (port != null) {
            port.close().get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    @DisplayName("CVE-2024-37890: a request with too many headers is rejected, also for a WebSocket; others continue")
    public void cve202437890() throws Exception {
        RawPeer good = webSocket();
        String headers = "a:\r\n".repeat(tooManyHeaders());

        for (String request : List.of(
                "GET " + WEBSOCKET + " HTTP/1.1\r\n" + RawPeer.upgrade(13) + headers + "\r\n",
                "GET " + POLLING + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n",
                "GET " + POLLING + " HTTP/1.1\r\nHost: localhost\r\nX-A: " + "b".repeat(20_000) + "\r\n\r\n")) {
            RawPeer peer = peer().send(request);
            assertThat(peer.answer()).startsWith(ownLimits() ? "HTTP/1.1 431" : "HTTP/1.1 4");
        }

        answers(good);
        assertThat(server.engine().clientsCount()).isOne();
    }

    @Test
    @DisplayName("one bad request affects no other: each is answered or its connection closed, and others continue")
    public void badRequests() throws Exception {
        RawPeer good = webSocket();

        for (String bad : List.of(
                "\r\n\r\n",
                "GET\r\n\r\n",
                "GET / HTTP/9.9\r\n\r\n",
                "\u0016\u0003\u0001\u0002",
                "GET " + POLLING + "&sid=%zz HTTP/1.1\r\n\r\n",
                "GET /socket.io/?transport=__proto__&EIO=4 HTTP/1.1\r\n\r\n",
                "POST " + POLLING + " HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
                "POST " + POLLING + " HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "POST " + POLLING + " HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\n",
                "GET " + WEBSOCKET + " HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n\r\n",
                "GET " + POLLING + " HTTP/1.1\r\nSec-WebSocket-Protocol: \r\nUpgrade: ,\r\n\r\n")) {
            peer().send(bad);
            answers(good);
        }
    }

    @Test
    @DisplayName("CVE-2026-48779, CVE-2026-45736: a message of very many, very small fragments is rejected")
    public void cve202648779() throws Exception {
        RawPeer good = webSocket();
        RawPeer bad = webSocket();

        bad.frame(0x01, "4");
        for (int i = 0; i < 16_384; i++) {
            bad.frame(0x00, i % 2 == 0 ? "" : "x");
        }

        if (limitsFragments()) {
            assertThat(bad.message()).isEqualTo("close 1008");
            assertThat(told.poll(60, TimeUnit.SECONDS)).isEqualTo("transport error");
        }
        answers(good);
    }

    @Test
    @DisplayName("CVE-2026-59898: older versions of the handshake are checked as the newest is")
    public void cve202659898() throws Exception {
        for (int version : new int[] {7, 8, 13}) {
            String whole = RawPeer.upgrade(version);
            for (String head : List.of(
                    "GET " + WEBSOCKET + " HTTP/1.1\r\n" + whole.replace("Upgrade: websocket\r\n", ""),
                    "GET " + WEBSOCKET + " HTTP/1.1\r\n" + whole.replace("Upgrade: websocket", "Upgrade: h2c"),
                    "GET " + WEBSOCKET + " HTTP/1.1\r\n" + whole.replace("Connection: Upgrade\r\n", ""),
                    "GET " + WEBSOCKET + " HTTP/1.1\r\n" + whole.replaceFirst("Sec-WebSocket-Key: [^\r]+\r\n", ""),
                    "GET " + WEBSOCKET + " HTTP/1.1\r\n" + whole.replaceFirst("-Key: [^\r]+", "-Key: c2hvcnQ="),
                    "GET " + WEBSOCKET + " HTTP/1.0\r\n" + whole,
                    "POST " + WEBSOCKET + " HTTP/1.1\r\nContent-Length: 0\r\n" + whole)) {
                assertThat(peer().send(head + "\r\n").answer())
                        .as(head)
                        .matches("(?s)HTTP/1\\.[01] 4.*")
                        .doesNotContain("101 Switching");
            }
        }
        assertThat(peer().send("GET " + WEBSOCKET + " HTTP/1.1\r\n" + RawPeer.upgrade(12) + "\r\n")
                        .answer())
                .startsWith("HTTP/1.1 4");
        assertThat(server.engine().clientsCount()).isZero();
    }

    @Test
    @DisplayName("CVE-2026-42587: a compressed body is not expanded")
    public void cve202642587() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            byte[] message = new byte[50_000_000];
            Arrays.fill(message, (byte) 'x');
            gzip.write("42[\"e\",\"".getBytes(StandardCharsets.US_ASCII));
            gzip.write(message);
            gzip.write("\"]".getBytes(StandardCharsets.US_ASCII));
        }
        for (String coding : List.of("gzip", "deflate", "br", "zstd", "snappy")) {
            RawPeer peer = peer();
            String sid = poll(peer, null).replaceFirst("(?s).*\"sid\":\"([^\"]+).*", "$1");
            peer.send("POST " + POLLING + "&sid=" + sid + " HTTP/1.1\r\nHost: localhost\r\nContent-Encoding: " + coding
                            + "\r\nContent-Length: " + packed.size() + "\r\n\r\n")
                    .send(packed.toByteArray());

            // A body that contains no packets, which engine.io rejects in the same way.
            assertThat(peer.answer()).startsWith("HTTP/1.1 200").endsWith("ok");
            assertThat(poll(peer, sid)).startsWith("HTTP/1.1 400").contains("Session ID unknown");
        }
        assertThat(told).isEmpty();
    }

    @Test
    @DisplayName("CVE-2026-42587: a frame marked as compressed is rejected if compression was not negotiated")
    public void cve202642587Frames() throws Exception {
        RawPeer peer = peer().send("GET " + WEBSOCKET + " HTTP/1.1\r\n" + RawPeer.upgrade(13)
                + "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n");
        assertThat(peer.answer()).startsWith("HTTP/1.1 101").doesNotContain("permessage-deflate");
        assertThat(peer.message()).startsWith("0{");

        assertThat(peer.frame(0xC1, "40").message()).isEqualTo("close 1002");
    }

    @Test
    @DisplayName("size limits: bytes are counted, not characters, on a WebSocket and in a body without a length")
    public void sizeLimits() throws Exception {
        SocketIoServer small = SocketIoServer.create(
                ServerOptions.builder().maxHttpBufferSize(100).build());
        Host own = bind(small);
        try (RawPeer line = RawPeer.open(own.address());
                RawPeer polling = RawPeer.open(own.address())) {
            String umlauts = "\u00e4".repeat(60);
            line.send("GET " + WEBSOCKET + " HTTP/1.1\r\n" + RawPeer.upgrade(13) + "\r\n");
            line.answer();
            line.message();
            assertThat(line.text("42[\"" + umlauts + "\"]").message()).isEqualTo("close 1009");

            String sid = poll(polling, null).replaceFirst("(?s).*\"sid\":\"([^\"]+).*", "$1");
            polling.send("POST " + POLLING + "&sid=" + sid
                    + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
            polling.send("3c\r\n" + umlauts.substring(0, 30) + "\r\n3c\r\n" + umlauts.substring(30) + "\r\n0\r\n\r\n");
            assertThat(polling.answer()).startsWith("HTTP/1.1 413");
        } finally {
            small.close();
            own.close().get(60, TimeUnit.SECONDS);
        }
    }

    private RawPeer peer() throws IOException {
        RawPeer peer = RawPeer.open(port.address());
        opened.add(peer);
        return peer;
    }

    private RawPeer webSocket() throws IOException {
        RawPeer peer = JoinedPeer.open(port.address()).peer();
        opened.add(peer);
        return peer;
    }

    private static void answers(RawPeer peer) throws IOException {
        assertThat(peer.text("420[\"ask\"]").message()).isEqualTo("430[\"answer\"]");
    }

    private static String poll(RawPeer peer, @Nullable String sid) throws IOException {
        String target = sid == null ? POLLING : POLLING + "&sid=" + sid;
        return peer.send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .answer();
    }
}
