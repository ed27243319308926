package io.everwire.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.testkit.host.EchoServer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Requests that two servers on one path could read in different ways. A request behind such a one must never be served:
 * for another server it may be a part of a body, or the request of another client.
 */
class FramingFaultsTest {
    private static final String KEYS =
            "Sec-WebSocket-Key1: 4 @1  46546xW%0l 1 5\r\nSec-WebSocket-Key2: 12998 5 Y3 1  .P00\r\n";
    private static final String SMUGGLED = "GET /echo/ignore HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String HANDSHAKE = "Upgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n";

    private final EchoServer echo = new EchoServer();
    private final List<EmbeddedPort> open = new ArrayList<>();

    private EmbeddedPort port(NettyOptions options) {
        EmbeddedPort port = new EmbeddedPort(echo.engine(), options);
        open.add(port);
        return port;
    }

    private EmbeddedPort port() {
        return port(NettyOptions.DEFAULTS);
    }

    @AfterEach
    void close() {
        open.forEach(EmbeddedPort::close);
    }

    /** Sends a request with a harmless one behind it; the first is answered, the connection ends, the second is dead. */
    private void endsTheConnection(EmbeddedPort port, String request) {
        String answer = port.ask(request + SMUGGLED + SMUGGLED);
        assertThat(answer)
                .as(request)
                .startsWith("HTTP/1.1 4")
                .containsIgnoringCase("\r\nconnection: close\r\n")
                .doesNotContain("ignored")
                .doesNotContain(" 101 ");
        assertThat(answer.split("HTTP/1.1 ", -1)).as(request).hasSize(2);
        assertThat(port.isOpen()).as(request).isFalse();
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }

    private static String get(String target, String headers) {
        return "GET " + target + " HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n";
    }

    @Test
    @DisplayName("B10: keys of hixie-76 without a handshake do not take the next 8 bytes of the connection")
    void keysOfHixie() {
        NettyOptions off = NettyOptions.builder().webSocketDrafts(false).build();
        for (NettyOptions options : List.of(NettyOptions.DEFAULTS, off)) {
            for (String target : List.of("/", "/app", "/echo/ws", "/echo/ignore", "/echo/unknown")) {
                String bytes = port(options).ask(get(target, KEYS) + SMUGGLED);
                assertThat(bytes).as(target).containsIgnoringCase("connection: close");
                assertThat(bytes.split("HTTP/1.1 ", -1)).as(target).hasSize(2);
            }
        }
        endsTheConnection(port(off), get("/echo/ws", "Upgrade: WebSocket\r\nConnection: Upgrade\r\n" + KEYS));
        // Invalid keys abort, as the draft demands.
        assertThat(port().ask(get("/echo/ws", "Upgrade: WebSocket\r\nConnection: Upgrade\r\n" + KEYS.replace('0', 'x'))
                        + SMUGGLED))
                .doesNotContain("ignored");
    }

    @Test
    @DisplayName("B10: a request for a WebSocket that is rejected is the last of its connection")
    void rejectedUpgrades() {
        for (String headers : List.of(
                HANDSHAKE.replace("13", "12"),
                HANDSHAKE.replace("dGhlIHNhbXBsZSBub25jZQ==", "c2hvcnQ="),
                HANDSHAKE.replace("Connection: Upgrade\r\n", ""),
                HANDSHAKE + "Content-Length: 4\r\n",
                HANDSHAKE.replace("websocket", "h2c, WebSocket").replace("13", "12"),
                HANDSHAKE + "Origin: https://evil.example\r\n")) {
            endsTheConnection(port(), get("/echo/ws", headers));
            endsTheConnection(port(), get("/elsewhere", headers));
        }
    }

    @Test
    @DisplayName("B10: an upgrade to HTTP/2 is ignored, and does not change what follows")
    void upgradesToOthers() {
        String h2c = "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n";
        assertThat(port().ask(get("/echo/ignore", h2c) + SMUGGLED))
                .endsWith("ignored")
                .contains("ignoredHTTP/1.1 200");
        endsTheConnection(port(), "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    }

    @Test
    @DisplayName("B10: bodies with two lengths, or a length that only one of two servers accepts, end the connection")
    void lengths() {
        for (String headers : List.of(
                "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
                "Transfer-Encoding: chunked, identity\r\n",
                "Transfer-Encoding: chunked, chunked\r\n",
                "Transfer-Encoding: xchunked\r\n",
                "Transfer-Encoding: \u000Bchunked\r\n",
                "Transfer-Encoding : chunked\r\n",
                "Content-Length: 4\r\nContent-Length: 5\r\n",
                "Content-Length: 4,4\r\n",
                "Content-Length: +4\r\n",
                "Content-Length: 0x4\r\n",
                "Content-Length: -4\r\n",
                "Content-Length : 4\r\n",
                "A: b\nContent-Length: 4\r\n")) {
            endsTheConnection(port(), "POST /echo/body HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n0\r\n\r\n");
        }
        endsTheConnection(port(), "POST /echo/body HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    }

    @Test
    @DisplayName("CVE-2026-89044: a transfer coding after chunked ends the connection, on one line or on several")
    void cve202689044() {
        for (String headers : List.of(
                "Transfer-Encoding: chunked, xchunked\r\n",
                "Transfer-Encoding: chunked,\r\n xchunked\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: xchunked\r\n")) {
            endsTheConnection(port(), "POST /echo/body HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n0\r\n\r\n");
        }
    }

    @Test
    @DisplayName(
            "B10: malformed chunks end the connection; extensions and trailers of the right form belong to the body")
    void chunks() {
        String head = "POST /echo/ignore HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
        for (String chunks : List.of(
                "2;a=b\r\nab\r\n0\r\n\r\n",
                "2 ;a=\"b\"\r\nab\r\n0;x\r\n\r\n",
                "2\r\nab\r\n0\r\nX-Trailer: 1\r\nContent-Length: 50\r\nTransfer-Encoding: chunked\r\n\r\n")) {
            String both = port().ask(head + chunks + SMUGGLED);
            assertThat(both.split("ignored", -1)).as(chunks).hasSize(3);
        }
        for (String chunks : List.of(
                "2\nab\r\n0\r\n\r\n",
                "2;a=b\nab\r\n0\r\n\r\n",
                "0x2\r\nab\r\n0\r\n\r\n",
                "2\r\nabc\r\n0\r\n\r\n",
                "-2\r\nab\r\n0\r\n\r\n",
                "100000000\r\nab\r\n0\r\n\r\n",
                "\r\n\r\n")) {
            EmbeddedPort port = port();
            String answer = port.ask(head + chunks + SMUGGLED);
            assertThat(answer.split("HTTP/1.1 ", -1).length).as(chunks).isLessThanOrEqualTo(2);
            assertThat(port.isOpen()).as(chunks).isFalse();
        }
    }

    @Test
    @DisplayName("B10: a peer that awaits 100 Continue and is answered otherwise gets no second response")
    void expectations() {
        String expecting = "POST /elsewhere HTTP/1.1\r\nHost: h\r\nContent-Length: 76\r\nExpect: 100-continue\r\n\r\n";
        endsTheConnection(port(), expecting);
        EmbeddedPort port = port();
        assertThat(port.ask(
                        "POST /echo/unread HTTP/1.1\r\nHost: h\r\nContent-Length: 76\r\nExpect: 100-continue\r\n\r\n"))
                .doesNotContain("ignored");
    }

    @Test
    @DisplayName("B16: a request of HTTP/1.1 has one Host, and every request at most one")
    void hosts() {
        endsTheConnection(port(), "GET /echo/ignore HTTP/1.1\r\n\r\n");
        endsTheConnection(port(), get("/echo/ignore", "Host: h\r\n"));
        endsTheConnection(port(), get("/echo/ignore", "Host: other\r\n"));
        endsTheConnection(port(), "GET /echo/ignore HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n");
        for (String host : List.of("a, b", "a/b", "a@b", "a b", "a\\b", "a?b", "a\u0001b")) {
            endsTheConnection(port(), "GET /echo/ignore HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
        }
        assertThat(port().ask("GET /echo/ignore HTTP/1.0\r\n\r\n")).endsWith("ignored");
        for (String host : List.of("", "localhost", "localhost:8080", "[::1]:80", "xn--d1acpjx3f.example")) {
            assertThat(port().ask("GET /echo/ignore HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
                    .as(host)
                    .endsWith("ignored");
        }
    }

    @Test
    @DisplayName("B16: in a pipeline of the application, two hosts are refused for the server's requests only")
    void hostsInAPipeline() {
        io.netty.channel.embedded.EmbeddedChannel channel = new io.netty.channel.embedded.EmbeddedChannel(
                new io.netty.handler.codec.http.HttpServerCodec(),
                new SocketIoHandler(echo.engine(), NettyOptions.DEFAULTS, false));
        java.util.function.Consumer<String> receive = text -> channel.writeInbound(
                io.netty.buffer.Unpooled.copiedBuffer(text, java.nio.charset.StandardCharsets.US_ASCII));
        receive.accept(get("/app", "Host: other\r\n"));
        assertThat(channel.isOpen()).isTrue();
        assertThat(channel.<Object>readInbound()).isInstanceOf(io.netty.handler.codec.http.HttpRequest.class);
        channel.finishAndReleaseAll();
    }

    @Test
    @DisplayName("B16: an absolute target is served like its path, if it names the same host as the header")
    void absoluteTargets() {
        assertThat(port().ask("GET http://h/echo/ignore HTTP/1.1\r\nHost: h\r\n\r\n"))
                .endsWith("ignored");
        assertThat(port().ask("GET HTTPS://H:1/echo/ignore?a=b HTTP/1.1\r\nHost: h:1\r\n\r\n"))
                .endsWith("ignored");
        assertThat(port().ask("GET http://h HTTP/1.1\r\nHost: h\r\n\r\n")).startsWith("HTTP/1.1 404");
        endsTheConnection(port(), "GET http://other/echo/ignore HTTP/1.1\r\nHost: h\r\n\r\n");
        endsTheConnection(port(), "GET http://user@h/echo/ignore HTTP/1.1\r\nHost: h\r\n\r\n");
        endsTheConnection(port(), "GET ftp://h/echo/ignore HTTP/1.1\r\nHost: h\r\n\r\n");
        endsTheConnection(port(), "GET http:///echo/ignore HTTP/1.1\r\nHost: h\r\n\r\n");
        endsTheConnection(port(), "GET echo/ignore HTTP/1.1\r\nHost: h\r\n\r\n");
        endsTheConnection(port(), "GET * HTTP/1.1\r\nHost: h\r\n\r\n");
        assertThat(port().ask("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n")).startsWith("HTTP/1.1 404");
    }

    @Test
    @DisplayName("B16: extensions may be offered in several headers")
    void extensions() {
        String offers = "Sec-WebSocket-Extensions: x-other\r\nSec-WebSocket-Extensions: permessage-deflate\r\n";
        assertThat(port().ask(get("/echo/ws", HANDSHAKE + offers)))
                .startsWith("HTTP/1.1 101")
                .contains("sec-websocket-extensions: permessage-deflate");
    }

    @Test
    @DisplayName("B16: a request line has three visible words, one space between them, and a version that is known")
    void requestLines() {
        for (String line : List.of(
                "GET /echo/ignore HTTP/1.2",
                "GET /echo/ignore HTTP/2.0",
                "GET /echo/ignore HTTP/0.9",
                "GET /echo/ignore",
                "GET  /echo/ignore HTTP/1.1",
                "GET /echo/ignore  HTTP/1.1",
                "GET /echo/ignore HTTP/1.1 ",
                "GET /echo/ig\tnore HTTP/1.1",
                "GET /echo/ignore\u0000 HTTP/1.1",
                "GET /echo/ignore?\u0007 HTTP/1.1",
                "GET /echo/ignore?\u007F HTTP/1.1",
                "G\u0000T /echo/ignore HTTP/1.1")) {
            endsTheConnection(port(), line + "\r\nHost: h\r\n\r\n");
        }
        endsTheConnection(port(), "GET /echo/ignore HTTP/1.1\nHost: h\r\n\r\n");
        // Netty reads a tab between two words as a space, which RFC 9112, section 3, permits.
        assertThat(port().ask("GET\t/echo/ignore\tHTTP/1.1\r\nHost: h\r\n\r\n")).endsWith("ignored");
    }
}
