package io.everwire.testkit.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Writes the bytes of clients: heads of HTTP/1.1 and frames of RFC 6455. */
final class ClientText {
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    /** The flag of a frame that is the last of its message, or its only one. */
    static final int FIN = 0x80;

    /** The example of RFC 6455, section 1.3. */
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    /** The accept value that a server returns for the key. */
    static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    /** The masking key; any is valid (RFC 6455, section 5.3). */
    private static final byte[] MASK = {(byte) 0xA5, 0x3C, 0x0F, 0x71};

    private static final List<String> HOST = List.of("Host", "test");

    private static final List<String> UPGRADE = List.of(
            "Upgrade", "websocket", "Connection", "Upgrade", "Sec-WebSocket-Version", "13", "Sec-WebSocket-Key", KEY);

    private ClientText() {}

    /**
     * Returns the head of a request.
     *
     * @param headers names and values in turn
     * @param announced the length of the body, or −1 if the head announces none
     */
    static byte[] request(String method, String target, List<String> headers, int announced) {
        StringBuilder head = begin(method, target, headers);
        if (announced >= 0) {
            addMissing(head, List.of("Content-Length", Integer.toString(announced)), headers);
        }
        return end(head);
    }

    /** Returns the request for a WebSocket; its usual headers are added unless given. */
    static byte[] upgrade(String target, List<String> headers) {
        StringBuilder head = begin("GET", target, headers);
        addMissing(head, UPGRADE, headers);
        return end(head);
    }

    /** Returns a masked frame. */
    static byte[] frame(int opcode, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(FIN | opcode);
        int length = payload.length;
        if (length < 126) {
            frame.write(0x80 | length);
        } else if (length < 65536) {
            frame.write(0x80 | 126);
            frame.write(length >> 8);
            frame.write(length);
        } else {
            throw new IllegalArgumentException("payload: " + length + " bytes; transcripts have none so long");
        }
        frame.writeBytes(MASK);
        for (int i = 0; i < length; i++) {
            frame.write(payload[i] ^ MASK[i % MASK.length]);
        }
        return frame.toByteArray();
    }

    private static StringBuilder begin(String method, String target, List<String> headers) {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        addMissing(head, HOST, headers);
        addMissing(head, headers, List.of());
        return head;
    }

    private static void addMissing(StringBuilder head, List<String> added, List<String> given) {
        for (int i = 0; i < added.size(); i += 2) {
            if (!names(given).contains(added.get(i).toLowerCase(Locale.ROOT))) {
                head.append(added.get(i)).append(": ").append(added.get(i + 1)).append("\r\n");
            }
        }
    }

    private static List<String> names(List<String> headers) {
        return IntStream.range(0, headers.size() / 2)
                .mapToObj(i -> headers.get(2 * i).toLowerCase(Locale.ROOT))
                .toList();
    }

    private static byte[] end(StringBuilder head) {
        return head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }
}
