package io.everwire.testkit.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The outputs of a connection, whose bytes arrive in one read or several. */
class AnswerReaderTest implements AnswerReader.Peer {
    private static final String STREAM =
            "HTTP/1.1 200 OK\r\nX: y\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n\u00e2\u0082\u00ac\r\n2\r\n\r\n\r\n";
    private static final String SWITCHED =
            "HTTP/1.1 101 Switching\r\nSec-WebSocket-Accept: " + ClientText.ACCEPT + "\r\n\r\n";

    private final List<String> told = new ArrayList<>();

    @Override
    public void output(String text, @Nullable HttpAnswer answer) {
        told.add(text);
    }

    @Override
    public void control(int opcode, byte[] payload) {
        told.add("control " + opcode + " " + payload.length);
    }

    @Test
    void answers() {
        reads("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "200 [Content-Length, 2] \"ok\"");
        reads("HTTP/1.1 204 Empty\r\n\r\n", "204 [] \"\"");
        reads("HTTP/1.1 100 Go\r\n\r\nHTTP/1.1 204 Empty\r\n\r\n", "204 [] \"\"");
        reads("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\no", "closed within a body");
        reads("HTTP/1.1 200 OK\r\n", "closed within a head");
        reads("", "drop");
    }

    @Test
    void streams() {
        String begun = "stream 200 [X, y, Transfer-Encoding, chunked]";
        reads(STREAM, begun, "\"\u20ac\"", "\"\r\n\"", "drop");
        reads(STREAM.substring(0, STREAM.length() - 2), begun, "\"\u20ac\"", "\"\r\n\"", "drop");
        reads(STREAM.replace("\r\n2", "--2"), begun, "\"\u20ac\"", "no line end behind a chunk: \"--\"");
        reads(STREAM + "0\r\n\r\n", begun, "\"\u20ac\"", "\"\r\n\"", "end");
    }

    @Test
    void webSockets() {
        reads(SWITCHED, "open", "close 1006");
        reads(SWITCHED.replace("Sec-", "Not-"), accepted -> accepted.startsWith("open, but not"));
        reads(SWITCHED + "\u0081\u0002hi\u0082\u0001\u00ff", "open", "\"hi\"", "<ff>", "close 1006");
        reads(SWITCHED + "\u0088\u0002\u0003\u00e9", "open", "close 1001", "control 8 2");
        reads(SWITCHED + "\u0089\u0000\u0088\u0000", "open", "control 10 0", "close 1005", "control 8 0");
        String text = "x".repeat(300);
        reads(SWITCHED + "\u0081\u007e\u0001\u002c" + text, "open", '"' + text + '"', "close 1006");
    }

    private void reads(String bytes, String... expected) {
        for (int piece : new int[] {1, 2, 3, 1000}) {
            read(bytes, piece);
            assertThat(told).containsExactly(expected);
        }
    }

    private void reads(String bytes, Predicate<String> first) {
        read(bytes, bytes.length());
        assertThat(told.get(0)).matches(first);
    }

    private void read(String text, int piece) {
        told.clear();
        AnswerReader reader = new AnswerReader(this, false);
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < bytes.length; i += piece) {
            reader.read(ByteBuffer.wrap(bytes, i, Math.min(piece, bytes.length - i)));
        }
        reader.end();
    }
}
