package io.everwire.netty.wire;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Requests that tell when the server has done what it was asked before. Each of its loops takes what comes in order, so an
 * answered marker has seen off everything that waited for that loop; what was handed from loop to loop meanwhile is seen
 * off by the next round.
 */
final class Markers {
    /**
     * The longest way of one request between two loops: its head is read, handed to its session, the body asked for, handed
     * over, answered; and one more. Where there is one loop nothing is handed over.
     */
    private static final int ROUNDS = 6;

    private static final int PATIENCE_MILLIS = 5_000;
    private static final byte[] REQUEST =
            "HEAD /marker HTTP/1.1\r\nHost: test\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private Markers() {}

    /**
     * Returns when all that was sent to {@code address} before has had its effects.
     *
     * @param loops how many the server has: it takes them in turn for new connections, so that each gets a marker
     */
    static void pass(InetSocketAddress address, int loops) throws IOException {
        List<Socket> markers = new ArrayList<>();
        try {
            for (int i = 0; i < loops; i++) {
                // Anew each time: what was connected before is accepted before.
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

    /** Reset at its end: so many connections that linger would use up the ports there are. */
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
