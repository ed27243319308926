package io.everwire.testkit.host;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A peer whose bytes the test writes: HTTP, and frames of RFC 6455. Every read has a timeout. */
public final class RawPeer implements AutoCloseable {
    private static final int DEADLINE_MILLIS = 60_000;
    private static final byte[] MASK = {1, 2, 3, 4};

    private final Socket socket;

    /** A frame: its first byte and its payload. */
    public record Frame(int first, byte[] payload) {}

    private RawPeer(Socket socket) {
        this.socket = socket;
    }

    /** @param receiveBuffer the approximate number of unread bytes that the system takes, or 0 for its own choice */
    public static RawPeer open(InetSocketAddress address, int receiveBuffer) throws IOException {
        Socket socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(DEADLINE_MILLIS);
        socket.connect(address, DEADLINE_MILLIS);
        return new RawPeer(socket);
    }

    public static RawPeer open(InetSocketAddress address) throws IOException {
        return open(address, 0);
    }

    /** Returns the peer on a connected socket, such as one with TLS. */
    public static RawPeer of(Socket connected) throws IOException {
        connected.setSoTimeout(DEADLINE_MILLIS);
        return new RawPeer(connected);
    }

    /** Returns the headers of a request for a WebSocket of the given version. */
    public static String upgrade(int version) {
        return "Host: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: " + version + "\r\n";
    }

    public RawPeer send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    public RawPeer send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Sends a masked frame; {@code first} is its first byte. */
    public RawPeer frame(int first, String payload) throws IOException {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(first);
        if (bytes.length < 126) {
            out.write(0x80 | bytes.length);
        } else {
            out.writeBytes(new byte[] {(byte) 0xFE, (byte) (bytes.length >> 8), (byte) bytes.length});
        }
        out.writeBytes(MASK);
        for (int i = 0; i < bytes.length; i++) {
            out.write(bytes[i] ^ MASK[i % MASK.length]);
        }
        return send(out.toByteArray());
    }

    /** Sends a text message. */
    public RawPeer text(String message) throws IOException {
        return frame(0x81, message);
    }

    /** Reads the next head and the body that it announces, and returns both. */
    public String answer() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) next());
        }
        String length = head.toString().replaceFirst("(?is).*\r\ncontent-length: *(\\d+).*", "$1");
        int body = length.length() == head.length() ? 0 : Integer.parseInt(length);
        return head + new String(bytes(body), StandardCharsets.UTF_8);
    }

    /** Returns the next message, joined from its fragments; of a close frame, its code. */
    public String message() throws IOException {
        Frame frame = frame();
        byte[] payload = frame.payload();
        if (frame.first() == 0x88) {
            return "close " + (payload.length < 2 ? "" : (payload[0] & 0xFF) << 8 | (payload[1] & 0xFF));
        }
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(payload);
        while ((frame.first() & 0x80) == 0) {
            frame = frame();
            message.writeBytes(frame.payload());
        }
        return message.toString(StandardCharsets.UTF_8);
    }

    /** Returns the next frame as it arrived. */
    public Frame frame() throws IOException {
        int first = next();
        int length = next();
        if (length == 126) {
            length = next() << 8 | next();
        } else if (length == 127) {
            length = Integer.parseInt(new java.math.BigInteger(bytes(8)).toString());
        }
        return new Frame(first, bytes(length));
    }

    /** Returns whether the connection ended; discards the bytes before its end. */
    public boolean ended() {
        try {
            socket.getInputStream().readAllBytes();
            return true;
        } catch (java.net.SocketTimeoutException stillOpen) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    /** Reads one byte. */
    public char character() throws IOException {
        return (char) next();
    }

    private int next() throws IOException {
        int next = socket.getInputStream().read();
        if (next < 0) {
            throw new EOFException("the connection ended");
        }
        return next;
    }

    private byte[] bytes(int count) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("the connection ended after " + bytes.length + " of " + count + " bytes");
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
