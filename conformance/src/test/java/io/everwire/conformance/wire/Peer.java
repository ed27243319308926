package io.everwire.conformance.wire;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A TCP connection whose bytes a test writes by hand. Every read has a timeout. */
final class Peer implements AutoCloseable {
    private static final int DEADLINE_MILLIS = 60_000;

    private final Socket socket;
    private final InputStream in;

    Peer(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(DEADLINE_MILLIS);
        in = socket.getInputStream();
    }

    /** Writes text, one byte for each character, in one piece. */
    Peer send(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** Reads a head, up to the empty line. */
    String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append(text(1));
        }
        return head.toString();
    }

    /** Reads {@code count} bytes, as one character each. */
    String text(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("closed after " + bytes.length + " of " + count + " bytes");
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Reads the body of a response with this head. */
    String body(String head) throws IOException {
        String length = head.replaceAll("(?s).*\r\ncontent-length: ([0-9]+)\r\n.*", "$1");
        byte[] bytes = in.readNBytes(Integer.parseInt(length));
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Reads the next frame of a draft and returns its text. */
    String frame() throws IOException {
        int type = in.read();
        if (type != 0) {
            throw new IOException("not the type of a text: " + type);
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int b = in.read(); b != 0xFF; b = in.read()) {
            if (b < 0) {
                throw new EOFException("closed within a frame: " + text.toString(StandardCharsets.UTF_8));
            }
            text.write(b);
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    /** Reads the rest until the connection ends. */
    String rest() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Resets the connection. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
