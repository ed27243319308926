package io.everwire.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Hostile messages on a WebSocket of each generation, over real sockets: each sender is served or closed, and its neighbour, on the
 * same event loops, notices nothing.
 */
@Timeout(120)
class HostileMessagesTest {
    /**
     * A generation: how a client opens its WebSocket and joins, the packet of the event "echo", and the forms around a piece of hostile
     * text.
     */
    private record Wire(String name, String handshake, String target, String join, String echo, List<String> forms) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<String> PIECES = List.of(
            "",
            "\u0000",
            "\uFFFD".repeat(300),
            "{",
            "[",
            "[[[[[[[[",
            "\"",
            "[\"",
            "[null]",
            "[1]",
            "[{}]",
            "{\"a\":1}",
            "[\"echo\",{\"_placeholder\":true,\"num\":0}]",
            "[\"echo\",{\"_placeholder\":true,\"num\":-1}]",
            "[\"echo\",{\"__proto__\":{\"a\":1}}]",
            "[\"echo\",1e999999999]",
            "[\"echo\"," + "9".repeat(5_000) + "]",
            "[\"echo\"," + "[".repeat(5_000),
            "[\"" + "x".repeat(5_000) + "\"]",
            "[\"connect\"]",
            "[\"disconnect\",1]",
            "[\"error\"]",
            "[\"newListener\"]",
            "[\"constructor\"]",
            "[\"toString\",\"hasOwnProperty\"]",
            "[\"\\ud800\"]",
            "-",
            "/",
            "/,",
            "/unknown,",
            "?a=b",
            "999999999999999999999999",
            "99999999999-[]",
            "-1-[\"echo\"]",
            "\r\n\r\nGET / HTTP/1.1\r\n\r\n");

    private SocketIoServer server;

    @BeforeEach
    void start() {
        server = SocketIoServer.create(ServerOptions.builder().build());
        server.on("echo", String.class, (socket, text) -> socket.emit("echoed", text));
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Stream<Wire> wires() {
        return Stream.of(
                new Wire(
                        "eio4",
                        "",
                        "/socket.io/?EIO=4&transport=websocket",
                        "40",
                        "42[\"echo\",\"here\"]",
                        List.of(
                                "%s",
                                "4%s", "40%s", "41%s", "42%s", "420%s", "43%s", "430%s", "44%s", "451-%s", "46%s",
                                "0%s", "5%s", "b%s")),
                new Wire(
                        "eio3",
                        "",
                        "/socket.io/?EIO=3&transport=websocket",
                        "",
                        "42[\"echo\",\"here\"]",
                        List.of(
                                "%s",
                                "4%s", "40%s", "41%s", "42%s", "420%s", "43%s", "430%s", "44%s", "451-%s", "46%s",
                                "2%s", "b4%s")),
                new Wire(
                        "gen1",
                        "/socket.io/1/",
                        "/socket.io/1/websocket/",
                        "",
                        "5:::{\"name\":\"echo\",\"args\":[\"here\"]}",
                        List.of(
                                "%s",
                                "0::%s",
                                "1::%s",
                                "3:::%s",
                                "3:1+::%s",
                                "4:::%s",
                                "5:::%s",
                                "5:1+::{\"name\":%s}",
                                "6:::%s",
                                "7:::%s",
                                "9:::%s",
                                "\uFFFD%s\uFFFD",
                                "\uFFFD999999999\uFFFD%s")),
                new Wire(
                        "gen0",
                        "",
                        "/socket.io/websocket",
                        "",
                        "~m~4~m~here",
                        List.of(
                                "%s",
                                "~m~%s",
                                "~m~1~m~%s",
                                "~m~999999999999~m~%s",
                                "~m~-1~m~%s",
                                "~m~5~m~~h~%s",
                                "~m~9~m~~j~%s")));
    }

    @ParameterizedTest
    @MethodSource("wires")
    void aNeighbourNoticesNothing(Wire wire) throws Exception {
        if (wire.name.equals("gen0")) {
            server.onMessage((socket, message) -> socket.send(message));
        }
        try (Line neighbour = open(wire)) {
            int sent = 0;
            for (String form : wire.forms) {
                for (String piece : PIECES) {
                    try (Line hostile = open(wire)) {
                        hostile.text(form.replace("%s", piece));
                        hostile.binary(form.replace("%s", piece));
                    }
                    sent++;
                }
                neighbour.text(wire.echo);
                assertThat(neighbour.readUntil("here")).as(form).isTrue();
            }
            assertThat(sent).isEqualTo(wire.forms.size() * PIECES.size());
        }
        try (Line later = open(wire)) {
            later.text(wire.echo);
            assertThat(later.readUntil("here")).isTrue();
        }
    }

    private Line open(Wire wire) throws IOException {
        int port = server.host().address().getPort();
        String target = wire.target;
        if (!wire.handshake.isEmpty()) {
            try (Line request = new Line(port)) {
                request.write("GET " + wire.handshake + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
                String answer = request.rest();
                target += answer.replaceFirst("(?s).*\r\n\r\n", "").replaceFirst("(?s):.*", "");
            }
        }
        Line line = new Line(port);
        line.write("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        assertThat(line.readUntil("\r\n\r\n")).as(wire.name).isTrue();
        if (!wire.join.isEmpty()) {
            line.text(wire.join);
        }
        return line;
    }

    /** A connection whose received bytes are searched for a text. */
    private static final class Line implements AutoCloseable {
        private final Socket socket;

        Line(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(60_000);
        }

        void write(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        }

        void text(String message) throws IOException {
            frame(0x81, message.getBytes(StandardCharsets.UTF_8));
        }

        /** Sends a binary message, unless the server has closed the connection already. */
        void binary(String message) {
            try {
                frame(0x82, message.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // closed because of the message before
            }
        }

        private void frame(int first, byte[] payload) throws IOException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(first);
            if (payload.length < 126) {
                out.write(0x80 | payload.length);
            } else {
                out.writeBytes(new byte[] {(byte) 0xFE, (byte) (payload.length >> 8), (byte) payload.length});
            }
            out.writeBytes(new byte[4]); // a key of zeros changes nothing
            out.writeBytes(payload);
            socket.getOutputStream().write(out.toByteArray());
        }

        /** Returns whether the text comes before the end of the connection. */
        boolean readUntil(String text) throws IOException {
            StringBuilder received = new StringBuilder();
            for (int b = socket.getInputStream().read();
                    b >= 0;
                    b = socket.getInputStream().read()) {
                received.append((char) b);
                if (received.indexOf(text, Math.max(0, received.length() - text.length())) >= 0) {
                    return true;
                }
            }
            return false;
        }

        String rest() throws IOException {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
