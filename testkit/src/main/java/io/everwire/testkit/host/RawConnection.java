package io.everwire.testkit.host;

import io.everwire.protocol.Bytes;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A TCP connection on which tests write HTTP by hand. Every read has a timeout. */
final class RawConnection implements AutoCloseable {
    static final int DEADLINE_MILLIS = 60_000;

    private final GatheringSocket tcp;
    private final Socket socket;
    private final InputStream in;
    private final boolean resetIsFailure;
    private boolean chunkEnds;

    /** A response; the names of its headers are in lower case. */
    record Answer(int status, Map<String, String> headers, Bytes body) {
        String text() {
            return body.toString();
        }

        /** Returns the type of the body without parameters, in lower case. */
        String contentType() {
            return headers.getOrDefault("content-type", "")
                    .split(";", 2)[0]
                    .strip()
                    .toLowerCase(Locale.ROOT);
        }

        /** Returns the header {@code Connection} in lower case; empty without one. */
        String connection() {
            return headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param socket the socket to write to and read from: {@code tcp}, or one with TLS on it
     * @param resetIsFailure whether a connection must end without a reset
     */
    RawConnection(GatheringSocket tcp, Socket socket, boolean resetIsFailure) throws IOException {
        this.tcp = tcp;
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.resetIsFailure = resetIsFailure;
    }

    /** Writes text, one byte for each character. */
    RawConnection send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawConnection send(byte[] bytes) throws IOException {
        tcp.send(socket, bytes);
        return this;
    }

    /** Sends a GET of HTTP/1.1 without further headers. */
    RawConnection get(String target) throws IOException {
        return send("GET " + target + " HTTP/1.1\r\nHost: test\r\n\r\n");
    }

    /** Half-closes the connection: nothing more will be sent. */
    void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Reads the next response. A server may answer a request of HTTP/1.0 with HTTP/1.0 or HTTP/1.1. */
    Answer answer() throws IOException {
        return answer(true);
    }

    /** Reads the next response, without its body if it answers a HEAD request. */
    Answer answer(boolean withBody) throws IOException {
        String status = line();
        if (!status.matches("HTTP/1\\.[01] .*")) {
            throw new IOException("not a status line: " + status);
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            headers.merge(name, line.substring(colon + 1).trim(), (a, b) -> a + "," + b);
        }
        Bytes body = withBody ? body(headers) : Bytes.EMPTY;
        return new Answer(Integer.parseInt(status.substring(9, 12)), headers, body);
    }

    private Bytes body(Map<String, String> headers) throws IOException {
        if (!headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            return Bytes.of(bytes(Integer.parseInt(headers.getOrDefault("content-length", "0"))));
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] chunk = chunkBytes(); chunk.length > 0; chunk = chunkBytes()) {
            body.writeBytes(chunk);
        }
        return Bytes.of(body.toByteArray());
    }

    /** Reads the head of the next response, exactly as received, with the empty line at its end. */
    String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) bytes(1)[0]);
        }
        return head.toString();
    }

    /** Reads the next chunk of a body; empty at its end. */
    String chunk() throws IOException {
        return Bytes.of(chunkBytes()).toString();
    }

    /** Reads a piece of a body: one chunk, or the several ones into which a container cuts a large piece. */
    String piece(String expected) throws IOException {
        int length = Bytes.utf8(expected).length();
        ByteArrayOutputStream piece = new ByteArrayOutputStream();
        do {
            byte[] chunk = chunkBytes();
            piece.writeBytes(chunk);
            if (chunk.length == 0) {
                break;
            }
        } while (piece.size() < length);
        return piece.toString(StandardCharsets.UTF_8);
    }

    private byte[] chunkBytes() throws IOException {
        endChunk();
        int length = Integer.parseInt(line(), 16);
        byte[] chunk = bytes(length);
        chunkEnds = true;
        if (length == 0) {
            endChunk();
        }
        return chunk;
    }

    /** Reads the end of the line behind a chunk, unless the connection ends. Jetty sends it with the next chunk. */
    private void endChunk() throws IOException {
        if (chunkEnds) {
            chunkEnds = false;
            int first = in.read();
            if (first >= 0 && (first != '\r' || in.read() != '\n')) {
                throw new IOException("no end of line after a chunk");
            }
        }
    }

    /** Reads exactly {@code count} bytes. */
    byte[] bytes(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("closed after " + bytes.length + " of " + count + " bytes");
        }
        return bytes;
    }

    /** Reads the next byte; returns −1 at the end. */
    int read() throws IOException {
        try {
            endChunk();
            return in.read();
        } catch (SocketException reset) {
            return end(reset);
        }
    }

    private int end(SocketException reset) throws SocketException {
        if (resetIsFailure) {
            throw reset;
        }
        return -1;
    }

    /** Returns whether bytes can be read at this moment. */
    boolean hasMore() throws IOException {
        return in.available() > 0;
    }

    /** Reads to the end of the connection, which must not be a reset unless the host cannot avoid it. */
    String rest() throws IOException {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        for (int b = read(); b >= 0; b = read()) {
            rest.write(b);
        }
        return rest.toString(StandardCharsets.ISO_8859_1);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("closed within a line: " + line.toString(StandardCharsets.ISO_8859_1));
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    /** Closes with a reset. */
    void reset() throws IOException {
        tcp.setSoLinger(true, 0);
        tcp.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
