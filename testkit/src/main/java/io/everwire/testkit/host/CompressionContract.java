package io.everwire.testkit.host;

import static io.everwire.testkit.host.RawWebSocket.BINARY;
import static io.everwire.testkit.host.RawWebSocket.CONTINUATION;
import static io.everwire.testkit.host.RawWebSocket.FIN;
import static io.everwire.testkit.host.RawWebSocket.PING;
import static io.everwire.testkit.host.RawWebSocket.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.testkit.host.RawConnection.Answer;
import io.everwire.testkit.host.RawWebSocket.Frame;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The contract of every host for responses and messages that may be compressed. */
abstract class CompressionContract extends DraftContract {
    static final int COMPRESSED = 0x40;
    private static final String EXTENSION = "permessage-deflate";
    private static final String ANSWER = EXTENSION + "; server_no_context_takeover; client_no_context_takeover";

    // Responses

    @Test
    @DisplayName("a response worth compressing is compressed as the client accepts")
    public void answers() throws Exception {
        Answer gzip = worth("gzip, deflate, br", 5000);
        assertThat(gzip.headers()).containsEntry("content-encoding", "gzip").containsEntry("vary", "Query");
        assertThat(gzip.body().length()).isLessThan(500);
        assertThat(read(new GZIPInputStream(body(gzip)))).isEqualTo("x".repeat(5000));
        Answer deflate = worth("gzip;q=0, deflate", 5000);
        assertThat(deflate.headers()).containsEntry("content-encoding", "deflate");
        assertThat(read(new InflaterInputStream(body(deflate)))).isEqualTo("x".repeat(5000));
    }

    @Test
    @DisplayName(
            "a response is sent uncompressed if it is small, not worth compressing, or the client does not accept it compressed")
    public void plainAnswers() throws Exception {
        assertThat(worth("gzip", 999).headers()).doesNotContainKey("content-encoding");
        assertThat(worth("br, identity", 5000).text()).isEqualTo("x".repeat(5000));
        assertThat(connect().get("/echo/worth?5000").answer().text()).isEqualTo("x".repeat(5000));
        RawConnection connection = connect();
        connection.send("GET /echo/large?5000 HTTP/1.1\r\nHost: test\r\nAccept-Encoding: gzip\r\n\r\n");
        assertThat(connection.answer().text()).isEqualTo("x".repeat(5000));
    }

    @Test
    @DisplayName("a compressed request body is not expanded: the session receives it as sent")
    public void compressedBodies() throws Exception {
        RawConnection connection = connect();
        connection.send("POST /echo/body?100 HTTP/1.1\r\nHost: test\r\nContent-Encoding: gzip\r\n"
                + "Content-Length: 3\r\n\r\n\u001f\u008b\b");
        assertThat(connection.answer().body().toByteArray()).containsExactly(0x1f, 0x8b, 8);
    }

    // WebSockets

    @Test
    @HostFeature.Needed(HostFeature.WEBSOCKET_COMPRESSION)
    @DisplayName("a client that does not offer compression receives, and may send, uncompressed messages only")
    public void withoutOffer() throws Exception {
        RawWebSocket socket = echoSocket();
        assertThat(socket.text("x".repeat(5000)).readText()).isEqualTo("x".repeat(5000));
        socket.send(FIN | COMPRESSED | TEXT, deflate("x".repeat(5000)));
        assertThat(socket.readClose()).isEqualTo(1002);
        assertThat(echo().event()).isEqualTo("closed transport error");
    }

    @Test
    @HostFeature.Needed(HostFeature.WEBSOCKET_COMPRESSION)
    @DisplayName("an offer is accepted, without context takeover on either side")
    public void offers() throws Exception {
        assertThat(extension(EXTENSION)).isEqualTo(ANSWER);
        assertThat(extension(EXTENSION + "; client_max_window_bits")).isEqualTo(ANSWER);
        assertThat(extension("x-other, " + EXTENSION + "; server_max_window_bits=8, " + EXTENSION))
                .isEqualTo(ANSWER);
        assertThat(extension(EXTENSION + "; server_max_window_bits=8")).isNull();
        assertThat(extension(EXTENSION + "; unknown")).isNull();
        assertThat(extension("permessage-bzip2")).isNull();
    }

    @Test
    @HostFeature.Needed(HostFeature.WEBSOCKET_COMPRESSION)
    @DisplayName("large messages are compressed in both directions; small ones and those not worth it are not")
    public void messages() throws Exception {
        RawWebSocket socket = compressing();
        for (int i = 0; i < 3; i++) {
            String large = ("large " + i + " ").repeat(1000);
            socket.send(FIN | COMPRESSED | TEXT, deflate(large));
            Frame frame = socket.read();
            assertThat(frame.first()).isEqualTo(FIN | COMPRESSED | TEXT);
            assertThat(frame.payload().length()).isLessThan(500);
            assertThat(inflate(frame)).isEqualTo(large);
        }
        assertThat(socket.send(FIN | COMPRESSED | TEXT, deflate("small")).readText())
                .isEqualTo("small");
        assertThat(socket.text("plain " + "x".repeat(5000)).readText()).isEqualTo("plain " + "x".repeat(5000));
        assertThat(socket.send(FIN | COMPRESSED | TEXT, deflate("")).readText()).isEmpty();
        Frame binary = socket.send(FIN | BINARY, "b".repeat(2000)).read();
        assertThat(binary.first()).isEqualTo(FIN | COMPRESSED | BINARY);
        assertThat(inflate(binary)).isEqualTo("b".repeat(2000));
    }

    @Test
    @HostFeature.Needed(HostFeature.WEBSOCKET_COMPRESSION)
    @DisplayName("a message may be compressed as a whole and sent in fragments")
    public void compressedFragments() throws Exception {
        RawWebSocket socket = compressing();
        byte[] message = deflate("fragments ".repeat(50));
        int half = message.length / 2;
        socket.send(COMPRESSED | TEXT, Arrays.copyOf(message, half));
        socket.send(FIN | PING, "between");
        assertThat(socket.read().text()).isEqualTo("between");
        socket.send(FIN | CONTINUATION, Arrays.copyOfRange(message, half, message.length));
        assertThat(socket.readText()).isEqualTo("fragments ".repeat(50));
    }

    @Test
    @HostFeature.Needed(HostFeature.WEBSOCKET_COMPRESSION)
    @DisplayName("a message that expands beyond the limit closes with 1009, however small it was")
    public void bombs() throws Exception {
        byte[] bomb = deflate("x".repeat(EchoServer.MAX_PAYLOAD + 1));
        assertThat(bomb.length).isLessThan(2000);
        assertThat(compressing().send(FIN | COMPRESSED | TEXT, bomb).readClose())
                .isEqualTo(1009);
        assertThat(echo().event()).isEqualTo("closed transport error");
        byte[] pieces = deflate("x".repeat(10_000_000));
        RawWebSocket inFragments = compressing();
        inFragments.send(COMPRESSED | BINARY, Arrays.copyOf(pieces, 100));
        inFragments.send(FIN | CONTINUATION, Arrays.copyOfRange(pieces, 100, pieces.length));
        assertThat(inFragments.readClose()).isEqualTo(1009);
    }

    @Test
    @HostFeature.Needed(HostFeature.WEBSOCKET_COMPRESSION)
    @DisplayName("a message that is marked as compressed and is not closes with 1007")
    public void compressedGarbage() throws Exception {
        assertThat(compressing()
                        .send(FIN | COMPRESSED | TEXT, new byte[] {-1, -1, -1})
                        .readClose())
                .isEqualTo(1007);
        assertThat(compressing()
                        .send(FIN | COMPRESSED | TEXT, deflate(new byte[] {(byte) 0xC3, 0x28}))
                        .readClose())
                .as("text that is not UTF-8 after expansion")
                .isEqualTo(1007);
    }

    @Test
    @HostFeature.Needed(HostFeature.WEBSOCKET_COMPRESSION)
    @DisplayName("reserved bits without a meaning close with 1002")
    public void reservedBits() throws Exception {
        assertThat(compressing().send(FIN | 0x20 | TEXT, "x").readClose()).isEqualTo(1002);
        assertThat(compressing().send(FIN | COMPRESSED | PING, "x").readClose()).isEqualTo(1002);
        RawWebSocket socket = compressing().send(TEXT, "x");
        assertThat(socket.send(FIN | COMPRESSED | CONTINUATION, "x").readClose())
                .isEqualTo(1002);
    }

    RawWebSocket compressing() throws Exception {
        RawWebSocket socket = webSocket("/echo/ws", "Sec-WebSocket-Extensions: " + EXTENSION);
        assertThat(socket.readText()).startsWith("sid ");
        return socket;
    }

    private @Nullable String extension(String offer) throws Exception {
        RawConnection connection = connect();
        connection.send(RawWebSocket.request("/echo/ws", "Sec-WebSocket-Extensions: " + offer));
        return connection.answer().headers().get("sec-websocket-extensions");
    }

    private Answer worth(String accepted, int length) throws Exception {
        RawConnection connection = connect();
        connection.send(
                "GET /echo/worth?" + length + " HTTP/1.1\r\nHost: test\r\nAccept-Encoding: " + accepted + "\r\n\r\n");
        return connection.answer();
    }

    private static InputStream body(Answer answer) {
        return new ByteArrayInputStream(answer.body().toByteArray());
    }

    private static String read(InputStream in) throws Exception {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    static byte[] deflate(String message) {
        return deflate(message.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] deflate(byte[] message) {
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(message);
        byte[] out = new byte[message.length + 100];
        int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return Arrays.copyOf(out, length - 4);
    }

    /** Expands one message alone: a message that refers to an earlier one cannot be read. */
    static String inflate(Frame frame) throws Exception {
        Inflater inflater = new Inflater(true);
        byte[] in = Arrays.copyOf(frame.payload().toByteArray(), frame.payload().length() + 4);
        in[in.length - 1] = -1;
        in[in.length - 2] = -1;
        inflater.setInput(in);
        byte[] out = new byte[EchoServer.MAX_PAYLOAD];
        int length = inflater.inflate(out);
        inflater.end();
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }
}
