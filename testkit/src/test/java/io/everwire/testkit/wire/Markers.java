package io.everwire.testkit.wire;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Requests whose responses show that the server has completed its earlier work. Each event loop works in order, so that
 * an answered marker follows all tasks that were queued for that loop. The next round of markers follows the tasks that
 * loops passed to each other meanwhile.
 */
final class Markers {
    /**
     * The longest way of one request between two loops: its head is read, passed to its session, the body requested,
     * passed on, answered; and one more. A server with one loop passes nothing on.
     */
    private static final int ROUNDS = 6;

    private static final int PATIENCE_MILLIS = 60_000;
    private static final byte[] REQUEST =
            "HEAD /marker HTTP/1.1\r\nHost: test\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private Markers() {}

    /**
     * Returns when the effects of everything that was sent to {@code address} before are complete.
     *
     * @param loops the number of the server's event loops, which serve new connections in turn: each gets a marker
     */
    static void pass(InetSocketAddress address, int loops) throws IOException {
        List<Socket> markers = new ArrayList<>();
        try {
            for (int i = 0; i < loops; i++) {
                // A new connection for each marker: connections are accepted in order.
                markers.add(open(address));
            }
            for (int round = 0; round < (loops == 1 ? 1 : ROUNDS); round++) {
                for (Socket marker : markers) {
                    marker.getOutputStream().write(REQUEST);
                }
                for (Socket marker : markers) {
                    awaitAnswer(marker);
                }
            }
        } finally {
            for (Socket marker : markers) {
                marker.close();
            }
        }
    }

    /** Closes by a reset: so many connections in TIME_WAIT would use up the ports. */
    private static Socket open(InetSocketAddress address) throws IOException {
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoLinger(true, 0);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static void awaitAnswer(Socket marker) throws IOException {
        StringBuilder answer = new StringBuilder();
        byte[] bytes = new byte[1024];
        while (answer.indexOf("\r\n\r\n") < 0) {
            int count = marker.getInputStream().read(bytes);
            if (count < 0) {
                throw new EOFException("the server closed a marker's connection");
            }
            answer.append(new String(bytes, 0, count, StandardCharsets.ISO_8859_1));
        }
    }
}
