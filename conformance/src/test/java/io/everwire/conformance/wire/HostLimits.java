package io.everwire.conformance.wire;

import static io.everwire.conformance.wire.LimitProbe.POLLING;
import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.DeflateOptions;
import io.everwire.LimitOptions;
import io.everwire.conformance.wire.EveryLimitTest.Row;
import io.everwire.netty.NettyHost;
import io.everwire.netty.NettyOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** The limits of the Netty host, and limits of the server that the host applies, on a port. */
final class HostLimits {
    private static final String GET = "GET " + POLLING + " HTTP/1.1\r\nHost: localhost\r\n";
    private static final String OTHER = "GET /other HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final int TEXT = 0x81;
    private static final Duration SHORT = Duration.ofMillis(100);

    private HostLimits() {}

    static List<Row> rows() {
        return List.of(
                new Row("NettyOptions.maxConnections", probe -> {
                    int port = probe.port(UnaryOperator.identity(), host -> host.maxConnections(1));
                    Peer first = probe.peer(port);
                    first.send(OTHER);
                    first.body(first.head());
                    assertThat(probe.peer(port).rest()).isEmpty();
                    first.send(OTHER);
                    assertThat(first.head()).startsWith("HTTP/1.1 404");
                }),
                rejected(
                        "maxRequestLine",
                        host -> host.maxRequestLine(256),
                        414,
                        "GET /" + "x".repeat(300) + " HTTP/1.1\r\n\r\n"),
                rejected(
                        "maxHeaderBytes",
                        host -> host.maxHeaderBytes(1024),
                        431,
                        GET + "X: " + "x".repeat(2_000) + "\r\n\r\n"),
                rejected("maxHeaderCount", host -> host.maxHeaderCount(8), 431, GET + "X: 1\r\n".repeat(9) + "\r\n"),
                rejected("headTimeout", host -> host.headTimeout(SHORT), 408, "GET /"),
                new Row("NettyOptions.bodyTimeout", probe -> {
                    int port = probe.port(UnaryOperator.identity(), host -> host.bodyTimeout(SHORT));
                    assertThat(post(probe, port, 10, "").head()).startsWith("HTTP/1.1 408");
                }),
                new Row("NettyOptions.minBodyRate", "bodyTimeout", probe -> {
                    int port = probe.port(
                            UnaryOperator.identity(),
                            host -> host.bodyTimeout(SHORT).minBodyRate(1_000_000_000));
                    assertThat(post(probe, port, 10, "4").head()).startsWith("HTTP/1.1 408");
                }),
                new Row("NettyOptions.requestTimeout", probe -> {
                    int port = probe.port(UnaryOperator.identity(), host -> host.requestTimeout(SHORT));
                    assertThat(post(probe, port, 10, "4").head()).startsWith("HTTP/1.1 408");
                }),
                new Row("NettyOptions.maxOpenPosts", probe -> {
                    int port = probe.port(UnaryOperator.identity(), host -> host.maxOpenPosts(1));
                    String sid = sid(probe, port, "/socket.io/1/").replaceAll(":.*", "");
                    String target = "/socket.io/1/xhr-polling/" + sid;
                    request(probe, port, target, 10, "5");
                    assertThat(request(probe, port, target, 10, "5").head()).startsWith("HTTP/1.1 503");
                }),
                new Row("NettyOptions.maxPipelined", probe -> {
                    int port = probe.port(UnaryOperator.identity(), host -> host.maxPipelined(1));
                    Peer peer = probe.peer(port);
                    String sid = sid(peer, POLLING);
                    peer.send("GET " + POLLING + "&sid=" + sid + " HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            + OTHER.repeat(200));
                }),
                new Row("NettyOptions.maxDiscarded", probe -> {
                    int port = probe.port(UnaryOperator.identity(), host -> host.maxDiscarded(10));
                    Peer peer = probe.peer(port);
                    peer.send("POST /socket.io/?EIO=4&transport=polling&sid=unknown HTTP/1.1\r\nHost: localhost\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\n");
                    assertThat(peer.head()).startsWith("HTTP/1.1 400");
                    peer.send("14\r\n" + "x".repeat(20) + "\r\n");
                }),
                new Row("NettyOptions.maxFragments", probe -> {
                    int port = probe.port(UnaryOperator.identity(), host -> host.maxFragments(1));
                    assertThat(closeCode(
                                    probe.webSocket(port).send(LimitProbe.frame(1, "4") + LimitProbe.frame(0x80, "2"))))
                            .isEqualTo(1008);
                }),
                new Row("ServerOptions.maxHttpBufferSize", probe -> {
                    int port = probe.port(options -> options.maxHttpBufferSize(1_000), host -> host);
                    assertThat(post(probe, port, 1_001, "").head()).startsWith("HTTP/1.1 413");
                }),
                new Row("ServerOptions.maxHttpBufferSize", probe -> {
                    int port = probe.port(options -> options.maxHttpBufferSize(1_000), host -> host);
                    Peer peer = probe.webSocket(port);
                    assertThat(closeCode(peer.send(LimitProbe.frame(TEXT, "x".repeat(1_001)))))
                            .isEqualTo(1009);
                }),
                new Row("ServerOptions.maxHttpBufferSize", probe -> {
                    int port = probe.port(
                            options -> options.maxHttpBufferSize(1_000)
                                    .perMessageDeflate(DeflateOptions.builder().build()),
                            host -> host);
                    Peer peer = probe.webSocket(port, "Sec-WebSocket-Extensions: permessage-deflate\r\n");
                    peer.send(LimitProbe.frame(0xC1, compressed("x".repeat(2_000))));
                    assertThat(closeCode(peer)).isEqualTo(1009);
                }),
                new Row("ServerOptions.maxHttpBufferSize", probe -> {
                    int port = probe.port(options -> options.maxHttpBufferSize(1_000), host -> host);
                    Peer peer = probe.peer(port);
                    peer.send("GET /socket.io/websocket HTTP/1.1\r\nHost: localhost:" + port
                            + "\r\nUpgrade: WebSocket\r\n" + "Connection: Upgrade\r\nOrigin: http://localhost:" + port
                            + "\r\n\r\n");
                    assertThat(peer.head()).startsWith("HTTP/1.1 101");
                    peer.send("\0" + "x".repeat(1_001));
                    peer.rest();
                }),
                new Row("LimitOptions.maxAuthBytes", probe -> {
                    int port = probe.port(
                            options -> options.limits(
                                    LimitOptions.builder().maxAuthBytes(10).build()),
                            host -> host);
                    assertThat(post(probe, port, 10_000, "").head()).startsWith("HTTP/1.1 413");
                }),
                new Row("NettyHost.maxRouteBody", probe -> {
                    int port = probe.port(
                            UnaryOperator.identity(),
                            NettyHost.builder()
                                    .route("POST", "/a", request -> null)
                                    .maxRouteBody(10));
                    assertThat(request(probe, port, "/a", 11, "").head()).startsWith("HTTP/1.1 413");
                }));
    }

    private static Row rejected(String name, UnaryOperator<NettyOptions.Builder> limit, int status, String request) {
        return new Row("NettyOptions." + name, probe -> {
            int port = probe.port(UnaryOperator.identity(), limit);
            assertThat(probe.peer(port).send(request).head()).startsWith("HTTP/1.1 " + status);
        });
    }

    /** Begins a POST to a new polling session. */
    private static Peer post(LimitProbe probe, int port, int length, String body) throws Exception {
        return request(probe, port, POLLING + "&sid=" + sid(probe, port, POLLING), length, body);
    }

    private static Peer request(LimitProbe probe, int port, String target, int length, String body) throws Exception {
        return probe.peer(port)
                .send("POST " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: "
                        + length + "\r\n\r\n" + body);
    }

    private static String sid(LimitProbe probe, int port, String target) throws Exception {
        return sid(probe.peer(port), target);
    }

    private static String sid(Peer peer, String target) throws IOException {
        peer.send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        return peer.body(peer.head()).replaceAll(".*\"sid\":\"([^\"]*)\".*", "$1");
    }

    /** Returns the code of the next close frame. */
    private static int closeCode(Peer peer) throws IOException {
        while (true) {
            int first = peer.text(1).charAt(0);
            String payload = peer.text(peer.text(1).charAt(0) & 0x7F);
            if (first == 0x88) {
                return payload.charAt(0) << 8 | payload.charAt(1);
            }
        }
    }

    private static String compressed(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out, new Deflater(9, true))) {
            deflater.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toString(StandardCharsets.ISO_8859_1);
    }
}
