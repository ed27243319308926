package io.everwire.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.testkit.host.RawConnection.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The contract of every host for WebSockets of the drafts 75 and 76, which 0.6 clients use. */
abstract class DraftContract extends WebSocketContract {
    private static final String REQUEST_75 = lines("""
            GET /echo/ws HTTP/1.1
            Upgrade: WebSocket
            Connection: Upgrade
            Host: 127.0.0.1:8618
            Origin: http://127.0.0.1:8618
            """);

    /** The example of draft 76, section 1.2: its keys, its 8 bytes and the resulting digest. */
    private static final String KEYS =
            "Sec-WebSocket-Key1: 4 @1  46546xW%0l 1 5\r\nSec-WebSocket-Key2: 12998 5 Y3 1  .P00\r\n";

    private static final String NONCE = "^n:ds[4U";
    private static final String DIGEST = "8jKS'y:G*Co,Wxa-";
    private static final String REQUEST_76 = REQUEST_75 + "Cookie:\r\n" + KEYS + "\r\n";

    private static final String HEAD_75 = lines("""
            HTTP/1.1 101 Web Socket Protocol Handshake
            Upgrade: WebSocket
            Connection: Upgrade
            WebSocket-Origin: http://127.0.0.1:8618
            WebSocket-Location: ws://127.0.0.1:8618/echo/ws

            """);

    private static final String HEAD_76 = lines("""
            HTTP/1.1 101 WebSocket Protocol Handshake
            Upgrade: WebSocket
            Connection: Upgrade
            Sec-WebSocket-Origin: http://127.0.0.1:8618
            Sec-WebSocket-Location: ws://127.0.0.1:8618/echo/ws

            """);

    private static final String END = "\u00FF\0";

    // The handshake

    @Test
    @HostFeature.Needed(HostFeature.DRAFTS)
    @DisplayName("a draft 75 request is accepted, with exactly the bytes of the draft")
    public void draft75() throws Exception {
        RawConnection connection = connect().send(REQUEST_75 + "\r\n");
        assertThat(connection.head()).isEqualTo(ofScheme(HEAD_75));
        assertThat(frame(connection)).startsWith("sid ");
        assertThat(frame(connection.send("\0hello\u00FF"))).isEqualTo("hello");
    }

    @Test
    @HostFeature.Needed(HostFeature.DRAFTS)
    @DisplayName("a draft 76 request is accepted: the head is sent at once, the digest when the nonce has arrived")
    public void draft76() throws Exception {
        RawConnection connection = connect().send(REQUEST_76);
        assertThat(connection.head()).isEqualTo(ofScheme(HEAD_76));
        assertThat(connect().get("/echo/ignore").answer().status()).isEqualTo(200);
        assertThat(connection.hasMore()).isFalse();
        for (int i = 0; i < NONCE.length(); i++) {
            connection.send(NONCE.substring(i, i + 1));
        }
        assertThat(connection.bytes(16)).asString(StandardCharsets.ISO_8859_1).isEqualTo(DIGEST);
        assertThat(frame(connection)).startsWith("sid ");
        assertThat(frame(connection.send("\0hello\u00FF"))).isEqualTo("hello");
    }

    @Test
    @HostFeature.Needed(HostFeature.DRAFTS)
    @DisplayName("frames that arrive with the handshake, or with its last bytes, are not lost")
    public void draftFramesWithTheHandshake() throws Exception {
        RawConnection old = connect().send(REQUEST_75 + "\r\n\0one\u00FF\0two\u00FF");
        assertThat(old.head()).isEqualTo(ofScheme(HEAD_75));
        assertThat(List.of(frame(old).substring(0, 4), frame(old), frame(old))).containsExactly("sid ", "one", "two");
        RawConnection together = connect().send(REQUEST_76 + NONCE + "\0one\u00FF\0two\u00FF");
        assertThat(together.head()).isEqualTo(ofScheme(HEAD_76));
        assertThat(together.bytes(16)).asString(StandardCharsets.ISO_8859_1).isEqualTo(DIGEST);
        assertThat(List.of(frame(together).substring(0, 4), frame(together), frame(together)))
                .containsExactly("sid ", "one", "two");
        RawConnection later = connect().send(REQUEST_76);
        assertThat(later.head()).isEqualTo(ofScheme(HEAD_76));
        later.send(NONCE + "\0one\u00FF");
        assertThat(later.bytes(16)).asString(StandardCharsets.ISO_8859_1).isEqualTo(DIGEST);
        assertThat(frame(later)).startsWith("sid ");
        assertThat(frame(later)).isEqualTo("one");
    }

    @Test
    @HostFeature.Needed(HostFeature.DRAFTS)
    @DisplayName("draft 76 echoes the protocol; a request without an origin receives the origin null")
    public void draftHeaders() throws Exception {
        RawConnection connection = connect()
                .send(REQUEST_76
                        .replace("Cookie:", "Sec-WebSocket-Protocol: sample")
                        .replace("Origin: http://127.0.0.1:8618\r\n", ""));
        assertThat(connection.head())
                .isEqualTo(ofScheme(HEAD_76)
                        .replace("Origin: http://127.0.0.1:8618", "Origin: null")
                        .replace("\r\n\r\n", "\r\nSec-WebSocket-Protocol: sample\r\n\r\n"));
    }

    @Test
    @HostFeature.Needed(HostFeature.DRAFTS)
    @DisplayName("keys without a number close this connection without a byte, and no other")
    public void hostileKeys() throws Exception {
        RawWebSocket bystander = echoSocket();
        for (String key :
                List.of("12345", "1 2 3", "x y", " ", "", "99999999999999999999 ", "4294967296 0 ", "9".repeat(999))) {
            String request = REQUEST_76.replace("12998 5 Y3 1  .P00", "a" + key + "a");
            assertThat(connect().send(request + NONCE).rest()).as(key).isEmpty();
        }
        assertThat(bystander.text("here").readText()).isEqualTo("here");
    }

    @Test
    @HostFeature.Needed(HostFeature.DRAFTS)
    @DisplayName("a request that no draft describes is an ordinary request")
    public void draftNotGranted() throws Exception {
        String good = REQUEST_76;
        List<String> bad = List.of(
                good.replace("Upgrade: WebSocket", "Upgrade: websocket"),
                good.replace("Connection: Upgrade", "Connection: close"),
                good.replace("HTTP/1.1", "HTTP/1.0"),
                good.replace("Origin: ", "Origin: http://127.0.0.1:8618\r\nOrigin: "),
                good.replace("/echo/ws", "/echo/\u00E9/ws"),
                good.replace("Cookie:", "Sec-WebSocket-Version: 13"),
                good.replace("Cookie:", "Content-Length: 8"),
                good.replace(KEYS, KEYS + KEYS),
                good.replace("Sec-WebSocket-Key1", "Sec-WebSocket-Key"),
                good.replace("Sec-WebSocket-Key2", "Sec-WebSocket-Key3"));
        for (String request : bad) {
            Answer answer = connect().send(request + NONCE).answer();
            assertThat(answer.status()).as(request).isEqualTo(400);
            assertThat(answer.text()).isEqualTo("no WebSocket");
        }
        // The host itself may reject these, without a text.
        for (String request : List.of(
                good.replace("Host: 127.0.0.1:8618\r\nOrigin: http://127.0.0.1:8618\r\n", ""),
                good.replace("Host: ", "Host: 127.0.0.1:8618\r\nHost: "))) {
            assertThat(connect().send(request + NONCE).answer().status())
                    .as(request)
                    .isEqualTo(400);
        }
    }

    @Test
    @HostFeature.Needed(HostFeature.DRAFTS)
    @DisplayName("drafts are rejected for generations without drafts, in the form of the generation")
    public void draftNotWanted() throws Exception {
        for (String request : List.of(REQUEST_75 + "\r\n", REQUEST_76 + NONCE)) {
            Answer answer =
                    connect().send(request.replace("/echo/ws", "/echo/wsNow")).answer();
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.text()).isEqualTo("BAD_REQUEST");
        }
        assertThat(webSocket("/echo/wsNow").readText()).startsWith("sid ");
    }

    @Test
    @HostFeature.Needed(HostFeature.DRAFTS)
    @DisplayName("a missing nonce closes the connection")
    public void slowNonce() throws Exception {
        start(HostLimits.SHORT_TIMEOUTS);
        RawConnection connection = connect().send(REQUEST_76 + "^n:ds[4");
        assertThat(connection.head()).isEqualTo(ofScheme(HEAD_76));
        assertThat(connection.rest()).isEmpty();
    }

    // Messages

    @Test
    @HostFeature.Needed(HostFeature.DRAFTS)
    @DisplayName("text of every size and character is echoed unchanged, however it is split")
    public void draftMessages() throws Exception {
        RawConnection connection = open76();
        for (int size : new int[] {0, 1, 126, 8_191, 8_192, 8_193, 65_536, EchoServer.MAX_PAYLOAD}) {
            assertThat(frame(connection.send("\0" + "x".repeat(size) + "\u00FF")))
                    .hasSize(size);
        }
        String text = "é € 😀 \u2028 \0 </script>";
        for (byte b : bytes("\0", text, "\u00FF")) {
            connection.send(new byte[] {b});
        }
        assertThat(frame(connection)).isEqualTo(text);
        connection.send(bytes("\0", text, "\u00FF\0", "", "\u00FF\0", "b"));
        connection.send("\u00FF");
        assertThat(List.of(frame(connection), frame(connection), frame(connection)))
                .containsExactly(text, "", "b");
    }

    // Closing

    @Test
    @HostFeature.Needed(HostFeature.DRAFTS)
    @DisplayName("the closing frame of draft 76 is answered, and the connection closes")
    public void draftPeerCloses() throws Exception {
        RawConnection connection = open76().send("\0last\u00FF" + END);
        assertThat(frame(connection)).isEqualTo("last");
        assertThat(connection.rest()).isEqualTo(END);
        assertThat(echo().event()).isEqualTo("closed transport close");
        open76().close();
        assertThat(echo().event()).isEqualTo("closed transport close");
        RawConnection half = open76();
        half.shutdownOutput();
        assertThat(echo().event()).isEqualTo("closed transport close");
        assertThat(half.read()).isEqualTo(-1);
    }

    @Test
    @HostFeature.Needed(HostFeature.DRAFTS)
    @DisplayName("a session's close sends the closing frame; draft 76 waits for the peer's, draft 75 has none")
    public void draftSessionCloses() throws Exception {
        RawConnection connection = open76().send("\0close 1000\u00FF");
        assertThat(frame(connection)).isEqualTo("closing");
        assertThat(connection.bytes(2)).asString(StandardCharsets.ISO_8859_1).isEqualTo(END);
        connection.send("\0crossing\u00FF" + END);
        assertThat(connection.read()).isEqualTo(-1);
        assertThat(echo().event()).isEqualTo("closed transport close");
        RawConnection old = connect().send(REQUEST_75 + "\r\n");
        assertThat(old.head()).isEqualTo(ofScheme(HEAD_75));
        assertThat(frame(old)).startsWith("sid ");
        assertThat(frame(old.send("\0close 1000\u00FF"))).isEqualTo("closing");
        assertThat(old.rest()).isEmpty();
        assertThat(echo().event()).isEqualTo("closed transport close");
    }

    @Test
    @HostFeature.Needed(HostFeature.DRAFTS)
    @DisplayName("the wait for a peer's closing frame ends at the close timeout")
    public void draftCloseUnanswered() throws Exception {
        start(HostLimits.SHORT_CLOSE_TIMEOUT);
        RawConnection connection = open76().send("\0close 1000\u00FF");
        assertThat(frame(connection)).isEqualTo("closing");
        assertThat(connection.rest()).isEqualTo(END);
        assertThat(echo().event()).isEqualTo("closed transport close");
    }

    // Bad input

    @Test
    @HostFeature.Needed(HostFeature.DRAFTS)
    @DisplayName("messages without an end, other frames and malformed UTF-8 close the connection")
    public void draftBroken() throws Exception {
        String endless = "\0" + "x".repeat(EchoServer.MAX_PAYLOAD + 1);
        for (String broken : List.of(
                endless,
                endless + "\u00FF",
                "\1x\u00FF",
                "\u007F",
                "\u0080\1x",
                "\u00FE",
                "\u00FF\1x",
                "\0\u00C0\u0080\u00FF",
                "\0\u00E2\u00FF",
                "hello")) {
            RawConnection connection = open76().send("\0fine\u00FF" + broken);
            assertThat(frame(connection)).isEqualTo("fine");
            connection.send("more bytes");
            assertThat(connection.rest()).isEqualTo(END);
            assertThat(echo().event()).isEqualTo("closed transport error");
        }
    }

    @Test
    @HostFeature.Needed(HostFeature.DRAFTS)
    @DisplayName("a draft client that does not read is aborted before it fills the memory")
    public void draftNeverReads() throws Exception {
        RawConnection connection = connect(4096);
        connection.send(REQUEST_75 + "\r\n");
        assertThat(connection.head()).isEqualTo(ofScheme(HEAD_75));
        echo().flood(echo().session());
        assertThat(echo().event()).isEqualTo("closed transport error");
    }

    private String ofScheme(String head) {
        return secure() ? head.replace("Location: ws:", "Location: wss:") : head;
    }

    private static String lines(String text) {
        return text.replace("\n", "\r\n");
    }

    private RawConnection open76() throws Exception {
        RawConnection connection = connect().send(REQUEST_76 + NONCE);
        assertThat(connection.head()).isEqualTo(ofScheme(HEAD_76));
        connection.bytes(16);
        assertThat(frame(connection)).startsWith("sid ");
        return connection;
    }

    private static String frame(RawConnection connection) throws IOException {
        assertThat(connection.read()).isZero();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int b = connection.read(); b != 0xFF; b = connection.read()) {
            assertThat(b).isNotNegative();
            text.write(b);
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    /**
     * Returns bytes: every other argument is a mark with one byte for each character, the arguments between are text in
     * UTF-8.
     */
    private static byte[] bytes(String... marksAndTexts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < marksAndTexts.length; i++) {
            bytes.writeBytes(
                    marksAndTexts[i].getBytes(i % 2 == 0 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
