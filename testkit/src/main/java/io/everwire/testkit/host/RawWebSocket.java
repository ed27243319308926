package io.everwire.testkit.host;

import io.everwire.protocol.Bytes;
import io.everwire.testkit.host.RawConnection.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;

/** A client of RFC 6455 with the functions that tests need. It can violate the protocol. */
final class RawWebSocket implements AutoCloseable {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    static final int FIN = 0x80;

    /** The example of RFC 6455, section 1.3. */
    static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    private final RawConnection connection;

    /** The control frames that arrived between fragments. */
    private final Queue<Frame> controls = new ArrayDeque<>();

    /** A frame. {@code first} is its first byte, with the flag of the last fragment. */
    record Frame(int first, Bytes payload) {
        String text() {
            return payload.toString();
        }

        /** Returns the code of a close frame, or −1. */
        int code() {
            return payload.length() < 2 ? -1 : ((payload.at(0) & 0xFF) << 8) | (payload.at(1) & 0xFF);
        }
    }

    private RawWebSocket(RawConnection connection) {
        this.connection = connection;
    }

    /** Returns the request for a WebSocket, with further headers. */
    static String request(String target, String... headers) {
        StringBuilder text = new StringBuilder("GET " + target + " HTTP/1.1\r\nHost: test\r\n");
        text.append("Upgrade: WebSocket\r\nConnection: keep-alive, Upgrade\r\n");
        text.append("Sec-WebSocket-Key: ").append(KEY).append("\r\n");
        if (headers.length == 0 || !headers[0].startsWith("Sec-WebSocket-Version")) {
            text.append("Sec-WebSocket-Version: 13\r\n");
        }
        for (String header : headers) {
            text.append(header).append("\r\n");
        }
        return text.append("\r\n").toString();
    }

    /** Returns a client on a connection whose upgrade was answered. */
    static RawWebSocket accepted(RawConnection connection, Answer answer) {
        if (answer.status() != 101 || !ACCEPT.equals(answer.headers().get("sec-websocket-accept"))) {
            throw new AssertionError("not accepted: " + answer + " " + answer.text());
        }
        return new RawWebSocket(connection);
    }

    /** Returns a masked frame. */
    static byte[] frame(int first, byte[] payload) {
        return frame(first, payload, true);
    }

    static byte[] frame(int first, byte[] payload, boolean masked) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int mask = masked ? 0x80 : 0;
        out.write(first);
        if (payload.length < 126) {
            out.write(mask | payload.length);
        } else if (payload.length < 65536) {
            out.write(mask | 126);
            out.write(payload.length >> 8);
            out.write(payload.length);
        } else {
            out.write(mask | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                out.write((int) ((long) payload.length >> shift));
            }
        }
        byte[] key = {1, 2, 3, 4};
        if (masked) {
            out.writeBytes(key);
        }
        for (int i = 0; i < payload.length; i++) {
            out.write(masked ? payload[i] ^ key[i % 4] : payload[i]);
        }
        return out.toByteArray();
    }

    RawWebSocket send(int first, byte[] payload) throws IOException {
        connection.send(frame(first, payload));
        return this;
    }

    RawWebSocket send(int first, String payload) throws IOException {
        return send(first, payload.getBytes(StandardCharsets.UTF_8));
    }

    RawWebSocket text(String message) throws IOException {
        return send(FIN | TEXT, message);
    }

    /** Sends a close frame with this code. */
    RawWebSocket sendClose(int code) throws IOException {
        return send(FIN | CLOSE, new byte[] {(byte) (code >> 8), (byte) code});
    }

    /**
     * Reads the next message or control frame. A message in fragments is joined; its first byte is that of a message in
     * one frame. A control frame between fragments is returned after the message.
     */
    Frame read() throws IOException {
        Frame frame = controls.isEmpty() ? frame() : controls.remove();
        return (frame.first() & FIN) == 0 ? joined(frame) : frame;
    }

    private Frame joined(Frame first) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(first.payload().toByteArray());
        while (true) {
            Frame next = frame();
            if ((next.first() & 0x0F) >= CLOSE) {
                controls.add(next);
            } else if ((next.first() & 0x7F) != CONTINUATION) {
                throw new AssertionError("no continuation: " + Integer.toHexString(next.first()));
            } else {
                message.writeBytes(next.payload().toByteArray());
                if ((next.first() & FIN) != 0) {
                    return new Frame(FIN | first.first(), Bytes.of(message.toByteArray()));
                }
            }
        }
    }

    /** Reads the next frame, which must be complete and not masked. */
    private Frame frame() throws IOException {
        byte[] head = connection.bytes(2);
        long length = head[1];
        if (length == 126) {
            length = number(connection.bytes(2));
        } else if (length == 127) {
            length = number(connection.bytes(8));
        } else if (length < 0) {
            throw new AssertionError("the server sent a masked frame");
        }
        return new Frame(head[0] & 0xFF, Bytes.of(connection.bytes((int) length)));
    }

    /** Reads the next message, which must be text and not compressed. */
    String readText() throws IOException {
        Frame frame = read();
        if (frame.first() != (FIN | TEXT)) {
            throw new AssertionError("not text: " + Integer.toHexString(frame.first()) + " " + frame.text());
        }
        return frame.text();
    }

    /** Reads the code of the next frame, which must be a close frame; −1 if it has none. */
    int readClose() throws IOException {
        Frame frame = read();
        if (frame.first() != (FIN | CLOSE)) {
            throw new AssertionError("no close frame: " + Integer.toHexString(frame.first()) + " " + frame.text());
        }
        return frame.code();
    }

    RawConnection connection() {
        return connection;
    }

    private static long number(byte[] bytes) {
        long number = 0;
        for (byte b : bytes) {
            number = (number << 8) | (b & 0xFF);
        }
        return number;
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
