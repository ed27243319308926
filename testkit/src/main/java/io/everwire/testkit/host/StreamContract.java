package io.everwire.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.engine.EngineSession;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.testkit.host.RawConnection.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The contract of every host for streamed responses. */
abstract class StreamContract extends HttpContract {
    private static final String HEAD = " HTTP/1.1\r\nHost: test\r\n";

    @Test
    @DisplayName("each piece of a stream is a chunk, sent when it is written; the connection stays open after the end")
    public void stream() throws Exception {
        RawConnection connection = connect().get("/echo/stream?begin");
        Answer head = connection.answer(false);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.headers()).containsEntry("transfer-encoding", "chunked").doesNotContainKey("content-length");
        assertThat(head.contentType()).isEqualTo("text/plain");
        assertThat(connection.chunk()).isEqualTo("begin");
        EngineSession session = echo().session();
        for (String piece : List.of("one", "é € 😀", "x".repeat(100_000))) {
            session.send(piece(piece));
            assertThat(connection.piece(piece)).isEqualTo(piece);
        }
        session.send(last("end"));
        assertThat(connection.chunk()).isEqualTo("end");
        assertThat(connection.chunk()).isEmpty();
        assertThat(connection.get("/echo/ignore").answer().text()).isEqualTo("ignored");
    }

    @Test
    @DisplayName(
            "a stream to HTTP/1.0 is not chunked and ends with its connection, whether or not keep-alive was asked for")
    public void oldStream() throws Exception {
        for (String connectionHeader : List.of("", "Connection: keep-alive\r\n")) {
            RawConnection connection =
                    connect().send("GET /echo/stream?begin HTTP/1.0\r\n" + connectionHeader + "\r\n");
            Answer head = connection.answer(false);
            // Without the header, the connection of HTTP/1.0 is not kept.
            assertThat(head.connection()).isIn("", "close");
            assertThat(head.headers()).doesNotContainKeys("transfer-encoding", "content-length");
            assertThat(connection.bytes(5)).asString().isEqualTo("begin");
            EngineSession session = echo().session();
            session.send(piece("one"));
            assertThat(connection.bytes(3)).asString().isEqualTo("one");
            session.send(last("end"));
            assertThat(connection.rest()).isEqualTo("end");
        }
    }

    @Test
    @DisplayName("a client that asks for Connection: close gets it after a stream, too, and the header says so")
    public void lastStream() throws Exception {
        RawConnection connection = connect();
        connection.send("GET /echo/stream?begin" + HEAD + "Connection: close\r\n\r\n");
        Answer head = connection.answer(false);
        assertThat(head.connection()).isEqualTo("close");
        // Some hosts end such a body with the connection, and use no chunks.
        boolean chunked = head.headers().containsKey("transfer-encoding");
        assertThat(chunked ? connection.chunk() : new String(connection.bytes(5), StandardCharsets.UTF_8))
                .isEqualTo("begin");
        echo().session().send(last("end"));
        assertThat(connection.rest()).isEqualTo(chunked ? "3\r\nend\r\n0\r\n\r\n" : "end");
    }

    @Test
    @DisplayName("requests behind a stream wait for its end")
    public void streamAndPipeline() throws Exception {
        RawConnection connection = connect();
        connection.send("GET /echo/stream?begin" + HEAD + "\r\nGET /echo/head?2" + HEAD + "\r\n");
        assertThat(connection.answer(false).status()).isEqualTo(200);
        assertThat(connection.chunk()).isEqualTo("begin");
        EngineSession session = echo().session();
        session.send(piece("one"));
        assertThat(connection.chunk()).isEqualTo("one");
        session.send(last("end"));
        assertThat(connection.chunk()).isEqualTo("end");
        assertThat(connection.chunk()).isEmpty();
        assertThat(connection.answer().text()).startsWith("GET /echo/head?2\n");
    }

    @Test
    @DisplayName("calls that do not fit the state of an exchange are ignored")
    public void misuse() throws Exception {
        RawConnection connection = connect().get("/echo/misuse");
        assertThat(connection.answer(false).status()).isEqualTo(200);
        assertThat(connection.chunk()).isEqualTo("right");
        assertThat(connection.chunk()).isEmpty();
        assertThat(connection.get("/echo/ignore").answer().text()).isEqualTo("ignored");
    }

    @Test
    @DisplayName("a dropped stream is aborted without an end, if the host can")
    public void droppedStream() throws Exception {
        RawConnection connection = connect().get("/echo/stream?begin");
        assertThat(connection.answer(false).status()).isEqualTo(200);
        assertThat(connection.chunk()).isEqualTo("begin");
        echo().session().send(piece("drop"));
        if (has(HostFeature.SILENT_DROP)) {
            assertThat(connection.rest()).isEmpty();
        } else {
            assertThat(connection.chunk()).isEmpty();
        }
    }

    @Test
    @HostFeature.Needed(HostFeature.NOTICES_DISCONNECT)
    @DisplayName("a session is notified once that the peer of its stream left: closed, half closed or reset")
    public void streamGone() throws Exception {
        RawConnection closed = streaming("1");
        closed.close();
        assertThat(echo().event()).isEqualTo("gone /echo/stream?1");
        RawConnection half = streaming("2");
        half.shutdownOutput();
        assertThat(echo().event()).isEqualTo("gone /echo/stream?2");
        assertThat(half.read()).isEqualTo(-1);
        RawConnection reset = streaming("3");
        reset.reset();
        assertThat(echo().event()).isEqualTo("gone /echo/stream?3");
    }

    @Test
    @DisplayName("a stream whose client does not read is aborted before it fills the memory")
    public void streamNeverRead() throws Exception {
        RawConnection connection = connect(4096);
        connection.get("/echo/stream?begin");
        assertThat(connection.answer(false).status()).isEqualTo(200);
        assertThat(echo().event()).isEqualTo("streaming");
        echo().flood(echo().session());
        assertThat(echo().event()).isEqualTo("gone /echo/stream?begin");
    }

    @Test
    @DisplayName("a body behind a stream that the session does not read is skipped; a body that stops ends the stream")
    public void streamWithBody() throws Exception {
        start(HostLimits.SHORT_BODY_TIMEOUT);
        RawConnection whole = connect();
        whole.send("POST /echo/stream?begin" + HEAD + "Content-Length: 90000\r\n\r\n" + "x".repeat(90_000));
        assertThat(whole.answer(false).status()).isEqualTo(200);
        assertThat(whole.chunk()).isEqualTo("begin");
        assertThat(echo().event()).isEqualTo("streaming");
        echo().session().send(last("end"));
        assertThat(whole.chunk()).isEqualTo("end");
        assertThat(whole.chunk()).isEmpty();
        assertThat(whole.get("/echo/ignore").answer().text()).isEqualTo("ignored");
        echo().session();

        RawConnection stops = connect();
        stops.send("POST /echo/stream?stops" + HEAD + "Content-Length: 90000\r\n\r\nx");
        assertThat(stops.answer(false).status()).isEqualTo(200);
        assertThat(stops.chunk()).isEqualTo("stops");
        assertThat(echo().event()).isEqualTo("streaming");
        assertThat(echo().event()).isEqualTo("gone /echo/stream?stops");
        assertThat(stops.rest()).isEmpty();
    }

    private RawConnection streaming(String name) throws Exception {
        RawConnection connection = connect().get("/echo/stream?" + name);
        assertThat(connection.answer(false).status()).isEqualTo(200);
        assertThat(connection.chunk()).isEqualTo(name);
        assertThat(echo().event()).isEqualTo("streaming");
        return connection;
    }

    private static Encoded piece(String text) {
        return Encoded.text(Bytes.utf8(text));
    }

    private static Encoded last(String text) {
        return new Encoded(Bytes.utf8(text), List.of(), true);
    }
}
