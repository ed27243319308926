package io.everwire.testkit.host;

import io.everwire.protocol.Bytes;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A TCP connection on which tests write HTTP by hand. Every read has a timeout. */
final class RawConnection implements AutoCloseable {
    private static final int DEADLINE_MILLIS = 60_000;

    private final Socket socket;
    private final InputStream in;

    /** A response; the names of its headers are in lower case. */
    record Answer(int status, Map<String, String> headers, Bytes body) {
        String text() {
            return body.toString();
        }
    }

    private RawConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    static RawConnection open(InetSocketAddress address) throws IOException {
        return open(address, 0);
    }

    /** Opens a connection with a receive buffer of about this size, in bytes; 0 leaves it to the system. */
    static RawConnection open(InetSocketAddress address, int receiveBuffer) throws IOException {
        Socket socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(DEADLINE_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort()), DEADLINE_MILLIS);
        return new RawConnection(socket);
    }

    /** Writes text, one byte for each character. */
    RawConnection send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawConnection send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
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

    /** Reads the next response. */
    Answer answer() throws IOException {
        return answer(true);
    }

    /** Reads the next response, without its body if it answers a HEAD request. */
    Answer answer(boolean withBody) throws IOException {
        String status = line();
        if (!status.startsWith("HTTP/1.1 ")) {
            throw new IOException("not a status line: " + status);
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            headers.merge(name, line.substring(colon + 1).trim(), (a, b) -> a + "," + b);
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        Bytes body = withBody ? Bytes.of(bytes(length)) : Bytes.EMPTY;
        return new Answer(Integer.parseInt(status.substring(9, 12)), headers, body);
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
        int length = Integer.parseInt(line(), 16);
        String chunk = Bytes.of(bytes(length)).toString();
        if (!line().isEmpty()) {
            throw new IOException("no end of line after " + chunk);
        }
        return chunk;
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
        return in.read();
    }

    /** Returns whether bytes can be read at this moment. */
    boolean hasMore() throws IOException {
        return in.available() > 0;
    }

    /** Reads to the end of the connection, which must not be a reset. */
    String rest() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
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
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
