package io.everwire.testkit.host;

import static io.everwire.testkit.host.RawWebSocket.BINARY;
import static io.everwire.testkit.host.RawWebSocket.CLOSE;
import static io.everwire.testkit.host.RawWebSocket.CONTINUATION;
import static io.everwire.testkit.host.RawWebSocket.FIN;
import static io.everwire.testkit.host.RawWebSocket.PING;
import static io.everwire.testkit.host.RawWebSocket.PONG;
import static io.everwire.testkit.host.RawWebSocket.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.engine.EngineSession;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.testkit.host.RawConnection.Answer;
import io.everwire.testkit.host.RawWebSocket.Frame;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The contract of every host for WebSockets of the server. */
abstract class WebSocketContract extends StreamContract {
    private static final byte[] NOTHING = {};

    // The handshake

    @Test
    @DisplayName("versions 13, 8 and 7 are accepted")
    public void versions() throws Exception {
        for (String version : has(HostFeature.OLD_WEBSOCKETS) ? List.of("13", "8", "7") : List.of("13")) {
            RawWebSocket socket = webSocket("/echo/ws", "Sec-WebSocket-Version: " + version);
            assertThat(socket.readText()).startsWith("sid ");
            assertThat(socket.text(version).readText()).isEqualTo(version);
        }
    }

    @Test
    @DisplayName("a request that cannot become a WebSocket is an ordinary request")
    public void notGranted() throws Exception {
        String good = RawWebSocket.request("/echo/ws");
        List<String> bad = List.of(
                good.replace("Version: 13", "Version: 6"),
                good.replace("Sec-WebSocket-Key: " + RawWebSocket.KEY + "\r\n", ""),
                good.replace(RawWebSocket.KEY, "c2hvcnQ="),
                good.replace(RawWebSocket.KEY, "no base64 at all"),
                good.replace("HTTP/1.1", "HTTP/1.0"),
                good.replace("Upgrade: WebSocket", "Upgrade: irc/6.9"),
                good.replace("GET", "POST"),
                good.replace("\r\n\r\n", "\r\nContent-Length: 2\r\n\r\nhi"));
        for (String request : bad) {
            Answer answer = connect().send(request).answer();
            assertThat(answer.status()).as(request).isEqualTo(400);
            assertThat(answer.text()).as(request).isEqualTo("no WebSocket");
        }
        // A container may answer these itself.
        String noConnection = good.replace("Connection: keep-alive, Upgrade", "Connection: keep-alive");
        assertThat(connect().send(noConnection).answer().status()).isEqualTo(400);
        String h2c = good.replace("Upgrade: WebSocket", "Upgrade: h2c");
        assertThat(connect().send(h2c).answer().status()).isEqualTo(400);
    }

    @Test
    @DisplayName("an upgrade that the generation rejects is answered in its form, and is the last request")
    public void refusedUpgrade() throws Exception {
        RawConnection connection = connect();
        connection.send(RawWebSocket.request("/echo/refused") + "GET /echo/ignore HTTP/1.1\r\nHost: test\r\n\r\n");
        assertThat(connection.answer().status()).isEqualTo(403);
        // A proxy that takes the connection for a WebSocket must not pass on requests (request smuggling).
        assertThat(connection.rest()).isEmpty();
    }

    @Test
    @DisplayName("the first of the offered protocols is accepted, as browsers require")
    public void subprotocol() throws Exception {
        RawConnection connection = connect();
        connection.send(RawWebSocket.request("/echo/ws", "Sec-WebSocket-Protocol: chat, other"));
        assertThat(connection.answer().headers()).containsEntry("sec-websocket-protocol", "chat");
    }

    @Test
    @DisplayName("frames that arrive with the upgrade are not lost")
    public void framesWithTheUpgrade() throws Exception {
        ByteArrayOutputStream together = new ByteArrayOutputStream();
        together.writeBytes(RawWebSocket.request("/echo/ws").getBytes(StandardCharsets.US_ASCII));
        together.writeBytes(RawWebSocket.frame(FIN | TEXT, new byte[] {'1'}));
        together.writeBytes(RawWebSocket.frame(FIN | BINARY, new byte[] {'2'}));
        RawConnection connection = connect().send(together.toByteArray());
        RawWebSocket socket = keep(RawWebSocket.accepted(connection, connection.answer()));
        assertThat(socket.readText()).startsWith("sid ");
        assertThat(socket.readText()).isEqualTo("1");
        assertThat(socket.read().text()).isEqualTo("2");
    }

    @Test
    @DisplayName("a connection that served requests before becomes a WebSocket")
    public void upgradeAfterRequests() throws Exception {
        RawConnection connection = connect();
        assertThat(connection.get("/echo/ignore").answer().status()).isEqualTo(200);
        connection.send("GET /echo/head HTTP/1.1\r\nHost: test\r\n\r\n" + RawWebSocket.request("/echo/ws"));
        assertThat(connection.answer().status()).isEqualTo(200);
        RawWebSocket socket = keep(RawWebSocket.accepted(connection, connection.answer()));
        assertThat(socket.readText()).startsWith("sid ");
        assertThat(socket.text("on").readText()).isEqualTo("on");
    }

    // Messages

    @Test
    @DisplayName("text and binary messages of every size are echoed unchanged")
    public void sizes() throws Exception {
        RawWebSocket socket = echoSocket();
        for (int size : new int[] {0, 1, 125, 126, 127, 8_191, 8_192, 8_193, 65_535, 65_536, EchoServer.MAX_PAYLOAD}) {
            byte[] message = new byte[size];
            Arrays.fill(message, (byte) 'x');
            socket.send(FIN | TEXT, message);
            assertThat(socket.readText()).hasSize(size);
            Arrays.fill(message, (byte) 0xFF);
            Frame frame = socket.send(FIN | BINARY, message).read();
            assertThat(frame.first()).isEqualTo(FIN | BINARY);
            assertThat(frame.payload()).isEqualTo(Bytes.of(message));
        }
    }

    @Test
    @DisplayName("text is any Unicode")
    public void unicode() throws Exception {
        String text = "é € 😀 \u2028 \0 </script>";
        assertThat(echoSocket().text(text).readText()).isEqualTo(text);
    }

    @Test
    @DisplayName("fragments are joined; a ping between them is answered")
    public void fragments() throws Exception {
        RawWebSocket socket = echoSocket();
        byte[] euro = "€".getBytes(StandardCharsets.UTF_8);
        socket.send(TEXT, Arrays.copyOf(euro, 1)).send(CONTINUATION, NOTHING).send(FIN | PING, "are you there?");
        assertThat(socket.read()).satisfies(pong -> {
            assertThat(pong.first()).isEqualTo(FIN | PONG);
            assertThat(pong.text()).isEqualTo("are you there?");
        });
        socket.send(FIN | CONTINUATION, Arrays.copyOfRange(euro, 1, 3));
        assertThat(socket.readText()).isEqualTo("€");
        socket.send(BINARY, new byte[] {1}).send(FIN | CONTINUATION, new byte[] {2});
        assertThat(socket.read().payload()).isEqualTo(Bytes.of(new byte[] {1, 2}));
        socket.send(FIN | PONG, "nobody asked").text("go on");
        assertThat(socket.readText()).isEqualTo("go on");
    }

    @Test
    @DisplayName("1,000 messages sent by many threads arrive, those of each thread in order")
    public void manyThreads() throws Exception {
        RawWebSocket socket = echoSocket();
        EngineSession session = echo().session();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            int name = t;
            Thread thread = new Thread(() -> sendMany(session, start, name, 125));
            thread.start();
            threads.add(thread);
        }
        start.countDown();
        int[] next = new int[8];
        for (int i = 0; i < 1000; i++) {
            String[] message = socket.readText().split(" ", -1);
            int thread = Integer.parseInt(message[0]);
            assertThat(Integer.parseInt(message[1])).isEqualTo(next[thread]++);
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    @DisplayName("a session that moves to another connection and event loop keeps its order")
    public void moving() throws Exception {
        List<RawWebSocket> sockets = new ArrayList<>();
        RawWebSocket first = webSocket("/echo/ws");
        String sid = first.readText().substring(4);
        sockets.add(first);
        List<List<Integer>> numbers = new ArrayList<>(List.of(new ArrayList<>()));
        EngineSession session = echo().session();
        CountDownLatch start = new CountDownLatch(1);
        Thread sender = new Thread(() -> sendMany(session, start, 0, 20_000));
        sender.start();
        start.countDown();
        for (int i = 0; i < 7; i++) {
            RawWebSocket next = webSocket("/echo/resume?" + sid);
            sockets.add(next);
            // Some hosts open a WebSocket after they have sent the 101: without an echo, two could open in any order.
            numbers.add(numbersUntil(next.text("open"), "open"));
        }
        sender.join();
        session.send(Encoded.text(Bytes.utf8("end")));
        for (int i = 0; i < sockets.size(); i++) {
            numbers.get(i).addAll(numbersUntil(sockets.get(i).text("mark"), "mark"));
        }
        assertThat(numbers.stream().flatMap(List::stream))
                .containsExactlyElementsOf(IntStream.range(0, 20_000).boxed().toList());
    }

    /** Returns the numbers that {@link #sendMany} sent to a WebSocket before it echoed a text. */
    private static List<Integer> numbersUntil(RawWebSocket socket, String end) throws Exception {
        List<Integer> numbers = new ArrayList<>();
        for (String text = socket.readText(); !text.equals(end); text = socket.readText()) {
            if (text.startsWith("0 ")) {
                numbers.add(Integer.valueOf(text.substring(2)));
            }
        }
        return numbers;
    }

    private static void sendMany(EngineSession session, CountDownLatch start, int name, int count) {
        try {
            start.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        for (int i = 0; i < count; i++) {
            session.send(Encoded.text(Bytes.utf8(name + " " + i)));
        }
    }

    // Closing

    @Test
    @DisplayName("a close frame of the peer is answered with its code, and the connection closes")
    public void peerCloses() throws Exception {
        RawWebSocket socket = echoSocket().sendClose(1000);
        assertThat(socket.readClose()).isEqualTo(1000);
        assertThat(socket.connection().read()).isEqualTo(-1);
        assertThat(echo().event()).isEqualTo("closed transport close");
        RawWebSocket silent = echoSocket().send(FIN | CLOSE, NOTHING);
        assertThat(silent.readClose()).isIn(-1, noStatus());
        assertThat(silent.connection().read()).isEqualTo(-1);
        assertThat(echo().event()).isEqualTo("closed transport close");
    }

    @Test
    @DisplayName("a peer that ends without a close frame, or resets, has closed")
    public void peerEnds() throws Exception {
        echoSocket().connection().shutdownOutput();
        assertThat(echo().event()).isEqualTo("closed transport close");
        echoSocket().close();
        assertThat(echo().event()).isEqualTo("closed transport close");
        echoSocket().connection().reset();
        assertThat(echo().event()).isEqualTo("closed transport close");
    }

    @Test
    @DisplayName(
            "a session's close sends queued messages, then its code; the session is notified when the peer has answered")
    public void sessionCloses() throws Exception {
        RawWebSocket socket = echoSocket().text("close 4000");
        assertThat(socket.readText()).isEqualTo("closing");
        assertThat(socket.readClose()).isEqualTo(4000);
        socket.text("crossing").sendClose(4000);
        assertThat(socket.connection().read()).isEqualTo(-1);
        assertThat(echo().event()).isEqualTo("closed transport close");
        RawWebSocket silent = echoSocket().text("close 1005");
        assertThat(silent.readText()).isEqualTo("closing");
        assertThat(silent.readClose()).isEqualTo(noStatus());
    }

    @Test
    @DisplayName("a session may send all its messages as soon as the WebSocket is open, and close it")
    public void sessionClosesAtOnce() throws Exception {
        RawWebSocket socket = webSocket("/echo/ws?last");
        assertThat(socket.readText()).startsWith("sid ");
        assertThat(socket.readText()).hasSize(EchoServer.MAX_PAYLOAD);
        assertThat(socket.readClose()).isEqualTo(4000);
    }

    @Test
    @DisplayName("the wait for a peer's close frame ends at the close timeout")
    public void closeUnanswered() throws Exception {
        start(HostLimits.SHORT_CLOSE_TIMEOUT);
        RawWebSocket socket = echoSocket().text("close 1000");
        assertThat(socket.readText()).isEqualTo("closing");
        assertThat(socket.readClose()).isEqualTo(1000);
        assertThat(echo().event()).isEqualTo("closed transport close");
        assertThat(socket.connection().read()).isEqualTo(-1);
    }

    // Bad input

    @Test
    @HostFeature.Needed(HostFeature.CLOSE_CODES)
    @DisplayName("a message beyond the limit closes with 1009, in one frame or in several")
    public void tooLarge() throws Exception {
        fails(1009, echoSocket().send(FIN | TEXT, new byte[EchoServer.MAX_PAYLOAD + 1]));
        RawWebSocket socket = echoSocket().send(BINARY, new byte[EchoServer.MAX_PAYLOAD]);
        fails(1009, socket.send(FIN | CONTINUATION, new byte[1]));
    }

    @Test
    @HostFeature.Needed(HostFeature.CLOSE_CODES)
    @DisplayName("text that is not UTF-8 closes with 1007, in one frame or in several")
    public void notUtf8() throws Exception {
        fails(1007, echoSocket().send(FIN | TEXT, new byte[] {(byte) 0xC0, (byte) 0x80}));
        RawWebSocket socket = echoSocket().send(TEXT, new byte[] {(byte) 0xE2});
        fails(1007, socket.send(FIN | CONTINUATION, new byte[] {'x'}));
    }

    @Test
    @HostFeature.Needed(HostFeature.CLOSE_CODES)
    @DisplayName("frames that violate the protocol close with 1002")
    public void protocolErrors() throws Exception {
        RawWebSocket unmasked = echoSocket();
        unmasked.connection().send(RawWebSocket.frame(FIN | TEXT, new byte[] {'x'}, false));
        fails(1002, unmasked);
        fails(1002, echoSocket().send(FIN | 0x40 | TEXT, "compressed"));
        fails(1002, echoSocket().send(FIN | 3, "reserved"));
        fails(1002, echoSocket().send(FIN | CONTINUATION, "of nothing"));
        fails(1002, echoSocket().send(TEXT, "a").send(FIN | TEXT, "b"));
        fails(1002, echoSocket().send(PING, "fragmented"));
        fails(1002, echoSocket().send(FIN | PING, new byte[126]));
        fails(1002, echoSocket().send(FIN | CLOSE, new byte[1]));
    }

    @Test
    @HostFeature.Needed(HostFeature.FRAGMENT_LIMIT)
    @DisplayName("a message in too many fragments closes, however small they are")
    public void tooManyFragments() throws Exception {
        RawWebSocket socket = echoSocket().send(TEXT, "0");
        for (int i = 1; i < HostLimits.LONG_TIMEOUTS.maxFragments(); i++) {
            socket.send(CONTINUATION, NOTHING);
        }
        fails(1008, socket.send(CONTINUATION, NOTHING));
    }

    @Test
    @DisplayName("unfinished messages of many clients close such clients, and nobody else")
    public void unfinishedMessages() throws Exception {
        RawWebSocket bystander = echoSocket();
        byte[] part = RawWebSocket.frame(FIN | TEXT, new byte[EchoServer.MAX_PAYLOAD]);
        for (int i = 0; i < 3 * EchoServer.MAX_INPUT / part.length; i++) {
            echoSocket().connection().send(Arrays.copyOf(part, part.length - 1));
        }
        // The order is not defined: all hold the same.
        for (int i = 0; i < EchoServer.MAX_INPUT / part.length; i++) {
            assertThat(echo().event()).isEqualTo("closed transport error");
        }
        assertThat(bystander.text("still here").readText()).isEqualTo("still here");
    }

    private void fails(int code, RawWebSocket socket) throws Exception {
        assertThat(socket.readClose()).isEqualTo(code);
        if (has(HostFeature.NO_RESET)) {
            socket.connection().send("more bytes");
        }
        assertThat(socket.connection().read()).isEqualTo(-1);
        assertThat(echo().event()).isEqualTo("closed transport error");
    }

    @Test
    @DisplayName("the engine knows the event loop of a WebSocket")
    public void knownLoopOfWebSocket() throws Exception {
        echoSocket();
        assertThat(echo().knowsLoop(echo().session())).isTrue();
    }

    @Test
    @DisplayName("a peer that does not read is aborted before it fills the memory")
    public void neverReads() throws Exception {
        RawConnection connection = connect(4096);
        connection.send(RawWebSocket.request("/echo/ws"));
        // The greeting: the server has opened the WebSocket, which some hosts do after they have sent the 101.
        RawWebSocket.accepted(connection, connection.answer()).readText();
        echo().flood(echo().session());
        assertThat(echo().event()).isEqualTo("closed transport error");
    }

    @Test
    @HostFeature.Needed(HostFeature.PING_LIMIT)
    @DisplayName("a peer that only pings and never reads does not fill the memory")
    public void pingFlood() throws Exception {
        RawWebSocket socket = echoSocket();
        byte[] ping = RawWebSocket.frame(FIN | PING, new byte[125]);
        ByteArrayOutputStream pings = new ByteArrayOutputStream();
        for (int i = 0; i < 20_000; i++) {
            pings.writeBytes(ping);
        }
        socket.connection().send(pings.toByteArray());
        socket.text("still here");
        Frame frame = socket.read();
        while (frame.first() == (FIN | PONG)) {
            frame = socket.read();
        }
        assertThat(frame.text()).isEqualTo("still here");
    }
}
