package io.everwire.netty.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.netty.NettyServer;
import io.everwire.testkit.host.RawPeer;
import io.everwire.testkit.host.eio4.JoinedPeer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many threads emit binary data to one socket, alone or in broadcasts: on the wire, the attachments follow their packet
 * without a gap.
 */
@Timeout(120)
class BinaryStressTest {
    private static final int THREADS = 4;
    private static final int EVENTS = 600;
    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
    private static final Pattern EVENT =
            Pattern.compile("452-\\[\"b\",(\\d),(\\d+),\\{\"_placeholder\":true,\"num\":0},"
                    + "\\{\"x\":\\{\"_placeholder\":true,\"num\":1}}]");

    private final SocketIoServer server = SocketIoServer.create(
            ServerOptions.builder().maxQueuedBytes(1 << 30).build());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<Socket> joined = new LinkedBlockingQueue<>();
    private final Map<String, Integer> heard = new HashMap<>();
    private NettyServer port = null;

    private interface Packets {
        String next() throws IOException;
    }

    @BeforeEach
    void open() throws IOException {
        server.onConnection(joined::add);
        port = NettyServer.builder(server).bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void close() throws Exception {
        threads.shutdownNow();
        server.close();
        port.close().get(60, TimeUnit.SECONDS);
    }

    @Test
    void onAWebSocketNothingComesBetween() throws Exception {
        try (JoinedPeer peer = JoinedPeer.open(port.address())) {
            start();
            read(peer::next);
        }
    }

    @Test
    void byPollingNothingComesBetween() throws Exception {
        try (RawPeer peer = RawPeer.open(port.address())) {
            String opened = exchange(peer, "GET " + POLLING, "");
            String target = POLLING + "&sid=" + opened.replaceFirst(".*\"sid\":\"([^\"]+).*", "$1");
            assertThat(exchange(peer, "POST " + target, "40")).isEqualTo("ok");
            assertThat(exchange(peer, "GET " + target, "")).startsWith("40{");
            start();
            Deque<String> packets = new ArrayDeque<>();
            read(() -> {
                while (packets.isEmpty()) {
                    packets.addAll(List.of(exchange(peer, "GET " + target, "").split("\u001e")));
                    if (packets.remove("2")) {
                        exchange(peer, "POST " + target, "3");
                    }
                }
                String packet = packets.remove();
                return packet.startsWith("b")
                        ? new String(Base64.getDecoder().decode(packet.substring(1)), StandardCharsets.UTF_8)
                        : packet;
            });
        }
    }

    private void start() throws InterruptedException {
        Socket socket = joined.poll(60, TimeUnit.SECONDS);
        assertThat(socket).isNotNull();
        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            threads.execute(() -> emit(socket, thread));
        }
    }

    private void emit(Socket socket, int thread) {
        for (int n = 0; n < EVENTS; n++) {
            Map<String, byte[]> nested = Map.of("x", bytes(thread, n, 1));
            if (n % 2 == 0) {
                socket.emit("b", thread, n, bytes(thread, n, 0), nested);
            } else {
                server.emit("b", thread, n, bytes(thread, n, 0), nested);
            }
            socket.emit("between");
        }
    }

    private static byte[] bytes(int thread, int n, int number) {
        return (thread + " " + n + " " + number).getBytes(StandardCharsets.UTF_8);
    }

    private void read(Packets packets) throws IOException {
        for (int left = THREADS * EVENTS; left > 0; left--) {
            String packet = packets.next();
            while (packet.equals("42[\"between\"]")) {
                packet = packets.next();
            }
            Matcher event = EVENT.matcher(packet);
            assertThat(event.matches()).as(packet).isTrue();
            String about = event.group(1) + " " + event.group(2);
            assertThat(packets.next()).isEqualTo(about + " 0");
            assertThat(packets.next()).isEqualTo(about + " 1");
            int before = heard.merge(event.group(1), 1, Integer::sum) - 1;
            assertThat(event.group(2)).isEqualTo(Integer.toString(before));
        }
    }

    private static String exchange(RawPeer peer, String start, String body) throws IOException {
        String answer = peer.send(
                        start + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .answer();
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }
}
