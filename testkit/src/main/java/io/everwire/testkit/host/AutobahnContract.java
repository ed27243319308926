package io.everwire.testkit.host;

import static io.everwire.testkit.host.RawWebSocket.BINARY;
import static io.everwire.testkit.host.RawWebSocket.CLOSE;
import static io.everwire.testkit.host.RawWebSocket.CONTINUATION;
import static io.everwire.testkit.host.RawWebSocket.FIN;
import static io.everwire.testkit.host.RawWebSocket.PING;
import static io.everwire.testkit.host.RawWebSocket.PONG;
import static io.everwire.testkit.host.RawWebSocket.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.testkit.host.RawWebSocket.Frame;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The categories of the Autobahn test suite for WebSocket servers (version 0.8.2), written anew: its numbers are in the names. If
 * the suite accepts two behaviours, the contract names the one of Everwire.
 */
abstract class AutobahnContract extends CompressionContract {
    private static final byte[] NOTHING = {};
    private static final HexFormat HEX = HexFormat.of();
    private static final String GREEK = "κόσμε";

    /** UTF-8 that Markus Kuhn's stress test accepts: the first and the last of each length, and the noncharacters. */
    private static final List<String> VALID = List.of(
            "cebae1bdb9cf83cebcceb5",
            "00",
            "c280",
            "e0a080",
            "f0908080",
            "7f",
            "dfbf",
            "efbfbf",
            "f48fbfbf",
            "ed9fbf",
            "ee8080",
            "efbfbd",
            "f09fbfbe",
            "f0afbfbf",
            "efbfbe",
            "efb790",
            "f3bfbfbe",
            "e0a080f48fbfbf");

    /** UTF-8 that it rejects: overlong, surrogates, beyond Unicode, impossible bytes, lonely and missing continuations. */
    private static final List<String> INVALID = List.of(
            "c0af",
            "e080af",
            "f08080af",
            "f8808080af",
            "fc80808080af",
            "c1bf",
            "e09fbf",
            "f08fbfbf",
            "f887bfbfbf",
            "eda080",
            "edadbf",
            "edae80",
            "edafbf",
            "edb080",
            "edbfbf",
            "eda080edb080",
            "f4908080",
            "f7bfbfbf",
            "f888808080",
            "fb",
            "fbbfbfbfbf",
            "fc8480808080",
            "80",
            "bf",
            "80bf80",
            "c0",
            "e0",
            "f0",
            "fe",
            "ff",
            "fefeffff",
            "c2",
            "e1bd",
            "f09080",
            "cebae1bdb9cf83cebcceb5eda080656469746564",
            "c220",
            "e18020",
            "f0908020");

    private static final int[] VALID_CODES = {
        1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999
    };
    private static final int[] INVALID_CODES = {0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999, 5000, 65535};

    @Test
    @DisplayName("Autobahn 1: messages of every form of length, text and binary, whole and chopped")
    public void autobahn1() throws Exception {
        RawWebSocket socket = echoSocket();
        for (int length : new int[] {0, 1, 125, 126, 127, 128, 65_535, 65_536}) {
            byte[] payload = "*".repeat(length).getBytes(StandardCharsets.US_ASCII);
            for (int opcode : new int[] {TEXT, BINARY}) {
                echoed(socket.send(FIN | opcode, payload), opcode, payload);
                chopped(socket, RawWebSocket.frame(FIN | opcode, payload), Math.max(1, length / 60));
                echoed(socket, opcode, payload);
            }
        }
    }

    @Test
    @HostFeature.Needed(HostFeature.CLOSE_CODES)
    @DisplayName("Autobahn 2: pings of every length are answered, unasked pongs are ignored")
    public void autobahn2() throws Exception {
        RawWebSocket socket = echoSocket();
        for (String payload : List.of("", "Hello", "\u0000\uFFFF", "x".repeat(125))) {
            Frame pong = socket.send(FIN | PING, payload).read();
            assertThat(pong.first()).isEqualTo(FIN | PONG);
            assertThat(pong.text()).isEqualTo(payload);
        }
        chopped(socket, RawWebSocket.frame(FIN | PING, new byte[125]), 1);
        assertThat(socket.read().first()).isEqualTo(FIN | PONG);
        socket.send(FIN | PONG, NOTHING).send(FIN | PONG, "unasked").send(FIN | PING, "asked");
        assertThat(socket.read().text()).isEqualTo("asked");
        violates(1002, echoSocket().send(FIN | PING, new byte[126]));
    }

    @Test
    @HostFeature.Needed(HostFeature.CLOSE_CODES)
    @DisplayName("Autobahn 3: each reserved bit without an extension closes with 1002, after the messages before it")
    public void autobahn3() throws Exception {
        for (int bits = 0x10; bits <= 0x70; bits += 0x10) {
            for (int opcode : new int[] {TEXT, BINARY, PING, CLOSE}) {
                RawWebSocket socket = echoSocket().text("before").send(FIN | bits | opcode, NOTHING);
                assertThat(socket.readText()).isEqualTo("before");
                violates(1002, socket);
            }
        }
    }

    @Test
    @HostFeature.Needed(HostFeature.CLOSE_CODES)
    @DisplayName("Autobahn 4: each reserved opcode closes with 1002, also between fragments")
    public void autobahn4() throws Exception {
        for (int opcode : new int[] {3, 4, 5, 6, 7, 11, 12, 13, 14, 15}) {
            violates(1002, echoSocket().send(FIN | opcode, NOTHING));
            violates(1002, echoSocket().send(TEXT, "begin").send(FIN | opcode, "reserved"));
        }
    }

    @Test
    @HostFeature.Needed(HostFeature.CLOSE_CODES)
    @DisplayName("Autobahn 5: fragments, with control frames between them, and fragments of nothing")
    public void autobahn5() throws Exception {
        violates(1002, echoSocket().send(PING, "first").send(FIN | CONTINUATION, "last"));
        violates(1002, echoSocket().send(PONG, "first").send(FIN | CONTINUATION, "last"));
        violates(1002, echoSocket().send(FIN | CONTINUATION, "of nothing"));
        violates(1002, echoSocket().send(CONTINUATION, "of nothing").text("x"));
        violates(1002, echoSocket().send(TEXT, "begin").text("not continued"));
        violates(1002, echoSocket().send(TEXT, "begin").send(BINARY, NOTHING));
        RawWebSocket over =
                echoSocket().send(TEXT, "a").send(FIN | CONTINUATION, "b").send(FIN | CONTINUATION, "c");
        assertThat(over.readText()).isEqualTo("ab");
        violates(1002, over);
        for (String[] parts :
                new String[][] {{"a", "b"}, {"", "", ""}, {"", "middle", ""}, {"1", "2", "3", "4", "5"}}) {
            RawWebSocket socket = echoSocket();
            for (int i = 0; i < parts.length; i++) {
                int fin = i == parts.length - 1 ? FIN : 0;
                assertThat(socket.send(FIN | PING, "ping " + i).read().text()).isEqualTo("ping " + i);
                socket.send(fin | (i == 0 ? TEXT : CONTINUATION), parts[i]);
            }
            assertThat(socket.readText()).isEqualTo(String.join("", parts));
        }
    }

    @Test
    @HostFeature.Needed(HostFeature.CLOSE_CODES)
    @DisplayName("Autobahn 6: text is valid UTF-8, or closes with 1007, however it is cut")
    public void autobahn6() throws Exception {
        RawWebSocket socket = echoSocket();
        for (String hex : VALID) {
            byte[] text = HEX.parseHex(hex);
            echoed(socket.send(FIN | TEXT, text), TEXT, text);
            cut(socket, text, text.length);
            echoed(socket, TEXT, text);
            echoed(socket.send(FIN | BINARY, text), BINARY, text);
        }
        for (String hex : INVALID) {
            byte[] text = HEX.parseHex(hex);
            echoed(socket.send(FIN | BINARY, text), BINARY, text);
            violates(1007, echoSocket().send(FIN | TEXT, text));
            RawWebSocket inFragments = echoSocket();
            cut(inFragments, text, 2);
            violates(1007, inFragments);
        }
    }

    @Test
    @HostFeature.Needed(HostFeature.CLOSE_CODES)
    @DisplayName("Autobahn 7: close frames with every kind of code and reason, and frames after them")
    public void autobahn7() throws Exception {
        for (int code : VALID_CODES) {
            assertThat(echoSocket().sendClose(code).readClose()).isEqualTo(code);
            byte[] reason = closing(code, "reason".getBytes(StandardCharsets.US_ASCII));
            assertThat(echoSocket().send(FIN | CLOSE, reason).readClose()).isEqualTo(code);
        }
        for (int code : INVALID_CODES) {
            assertThat(echoSocket().sendClose(code).readClose())
                    .as("code %d", code)
                    .isEqualTo(1002);
        }
        assertThat(echoSocket().send(FIN | CLOSE, NOTHING).readClose()).isEqualTo(-1);
        assertThat(echoSocket().send(FIN | CLOSE, new byte[1]).readClose()).isEqualTo(1002);
        assertThat(echoSocket().send(FIN | CLOSE, closing(1000, new byte[123])).readClose())
                .isEqualTo(1000);
        assertThat(echoSocket().send(FIN | CLOSE, closing(1000, new byte[124])).readClose())
                .isEqualTo(1002);
        byte[] notUtf8 = closing(1000, HEX.parseHex("cebaeda080"));
        assertThat(echoSocket().send(FIN | CLOSE, notUtf8).readClose()).isEqualTo(1007);
        RawWebSocket late = echoSocket();
        // In one write: after the first close frame the server may close the connection, and a later write would fail.
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        frames.writeBytes(RawWebSocket.frame(FIN | CLOSE, closing(1000, NOTHING)));
        frames.writeBytes(RawWebSocket.frame(FIN | PING, NOTHING));
        frames.writeBytes(RawWebSocket.frame(FIN | TEXT, "late".getBytes(StandardCharsets.US_ASCII)));
        frames.writeBytes(RawWebSocket.frame(FIN | CLOSE, closing(1000, NOTHING)));
        late.connection().send(frames.toByteArray());
        assertThat(late.readClose()).isEqualTo(1000);
        assertThat(late.connection().read()).isEqualTo(-1);
        RawWebSocket between = echoSocket().send(TEXT, "begin").sendClose(1000);
        assertThat(between.readClose()).isEqualTo(1000);
    }

    @Test
    @DisplayName("Autobahn 9 and 10: messages of the limit, in one frame, in fragments, and in small reads")
    public void autobahn9() throws Exception {
        RawWebSocket socket = echoSocket();
        byte[] large = GREEK.repeat(EchoServer.MAX_PAYLOAD / 11).getBytes(StandardCharsets.UTF_8);
        for (int opcode : new int[] {TEXT, BINARY}) {
            echoed(socket.send(FIN | opcode, large), opcode, large);
            for (int size : new int[] {8_192, 16_384, 65_536}) {
                fragments(socket, opcode, large, size);
                echoed(socket, opcode, large);
            }
            for (int size : new int[] {512, 1_024, 4_096}) {
                chopped(socket, RawWebSocket.frame(FIN | opcode, large), size);
                echoed(socket, opcode, large);
            }
        }
        violates(1009, echoSocket().send(FIN | BINARY, new byte[EchoServer.MAX_PAYLOAD + 1]));
    }

    @Test
    @HostFeature.Needed(HostFeature.WEBSOCKET_COMPRESSION)
    @DisplayName("Autobahn 12 and 13: compressed messages of every size, whole and in fragments")
    public void autobahn12() throws Exception {
        Random random = new Random(12);
        RawWebSocket socket = compressing();
        for (int length : new int[] {0, 16, 64, 256, 1_024, 4_096, 8_192, 16_384, 32_768}) {
            StringBuilder text = new StringBuilder();
            while (text.length() < length) {
                text.append("{\"key").append(random.nextInt(100)).append("\":\"κόσμε\"}");
            }
            text.setLength(length);
            byte[] compressed = deflate(text.toString());
            assertThat(echoText(socket.send(FIN | COMPRESSED | TEXT, compressed)))
                    .isEqualTo(text.toString());
            fragments(socket, COMPRESSED | TEXT, compressed, Math.max(1, compressed.length / 10));
            assertThat(echoText(socket)).isEqualTo(text.toString());
            chopped(
                    socket,
                    RawWebSocket.frame(FIN | COMPRESSED | TEXT, compressed),
                    Math.max(1, compressed.length / 40));
            assertThat(echoText(socket)).isEqualTo(text.toString());
        }
    }

    private static String echoText(RawWebSocket socket) throws Exception {
        Frame frame = socket.read();
        assertThat(frame.first() & ~COMPRESSED).isEqualTo(FIN | TEXT);
        return (frame.first() & COMPRESSED) == 0 ? frame.text() : inflate(frame);
    }

    private static void echoed(RawWebSocket socket, int opcode, byte[] payload) throws Exception {
        Frame frame = socket.read();
        assertThat(frame.first()).isEqualTo(FIN | opcode);
        assertThat(frame.payload().toByteArray()).isEqualTo(payload);
    }

    /** Sends bytes in writes of this size. */
    private static void chopped(RawWebSocket socket, byte[] bytes, int size) throws Exception {
        for (int at = 0; at < bytes.length; at += size) {
            socket.connection().send(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size)));
        }
    }

    /** Sends a message in fragments of this size. */
    private static void fragments(RawWebSocket socket, int first, byte[] payload, int size) throws Exception {
        int at = 0;
        do {
            int end = Math.min(payload.length, at + size);
            int head = at == 0 ? first : CONTINUATION;
            socket.send(end == payload.length ? FIN | head : head, Arrays.copyOfRange(payload, at, end));
            at = end;
        } while (at < payload.length);
    }

    private static void cut(RawWebSocket socket, byte[] text, int parts) throws Exception {
        fragments(socket, TEXT, text, Math.max(1, text.length / Math.max(1, parts)));
    }

    private static byte[] closing(int code, byte[] reason) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(code >> 8);
        out.write(code);
        out.writeBytes(reason);
        return out.toByteArray();
    }

    private static void violates(int code, RawWebSocket socket) throws Exception {
        assertThat(socket.readClose()).isEqualTo(code);
        assertThat(socket.connection().read()).isEqualTo(-1);
    }
}
