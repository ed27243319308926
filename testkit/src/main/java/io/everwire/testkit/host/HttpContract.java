package io.everwire.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.testkit.host.RawConnection.Answer;
import java.io.IOException;
import java.net.SocketException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The contract of every host for HTTP requests of the server. */
abstract class HttpContract extends HostFixture {
    private static final String HEAD = " HTTP/1.1\r\nHost: test\r\n";

    // Heads

    @Test
    @DisplayName("a request gets a complete response with its length")
    public void wholeAnswer() throws Exception {
        Answer answer = connect().get("/echo/head").answer();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("text/plain");
        assertThat(answer.connection()).isIn("", "keep-alive");
        assertThat(answer.text())
                .startsWith("GET /echo/head\n")
                .endsWith("upgrade false secure " + secure() + " host test");
    }

    @Test
    @DisplayName("the engine knows the event loop of a request")
    public void knownLoop() throws Exception {
        connect().get("/echo/hold");
        assertThat(echo().event()).isEqualTo("held /echo/hold");
        assertThat(echo().knowsLoop(echo().session())).isTrue();
    }

    @Test
    @DisplayName("the session receives the target as it was sent")
    public void rawTarget() throws Exception {
        String target = has(HostFeature.RAW_TARGET)
                ? "/echo//a/..//head?a=%2F..%2f&b=%&c=//"
                : "/echo/a;j=1/head?a=%2F..%2f&c=//";
        assertThat(connect().get(target).answer().text()).startsWith("GET " + target + "\n");
    }

    @Test
    @DisplayName("header values may be empty and may be repeated")
    public void headers() throws Exception {
        String request = "GET /echo/head" + HEAD + "Cookie:\r\nX-Key: 4 @1 %0l\r\nX-Two: 1\r\nX-Two: 2\r\n\r\n";
        assertThat(connect().send(request).answer().text()).contains("\ncookie=\nx-key=4 @1 %0l\nx-two=1\nx-two=2\n");
    }

    @Test
    @DisplayName("header values keep their inner spaces")
    public void headerSpaces() throws Exception {
        String request = "GET /echo/head" + HEAD + "X-Key: 4 @1  46546xW%0l 1 5\r\n\r\n";
        assertThat(connect().send(request).answer().text()).contains("\nx-key=4 @1  46546xW%0l 1 5\n");
    }

    @Test
    @DisplayName("headers added to the exchange replace headers of the response with the same name")
    public void addedHeaders() throws Exception {
        Answer answer = connect().get("/echo/header").answer();
        assertThat(answer.headers()).containsEntry("x-extra", "first,second");
        assertThat(answer.contentType()).isEqualTo("text/extra");
    }

    @Test
    @DisplayName("a response without a body has no Content-Length")
    public void noContent() throws Exception {
        RawConnection connection = connect();
        Answer answer = connection.get("/echo/empty").answer();
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.headers()).doesNotContainKey("content-length");
        assertThat(connection.get("/echo/ignore").answer().text()).isEqualTo("ignored");
    }

    @Test
    @DisplayName("the response to HEAD has the length but no body")
    public void headHasNoBody() throws Exception {
        RawConnection connection = connect();
        Answer answer = connection.send("HEAD /echo/ignore" + HEAD + "\r\n").answer(false);
        assertThat(answer.headers()).containsEntry("content-length", "7");
        assertThat(connection.get("/echo/ignore").answer().text()).isEqualTo("ignored");
    }

    @Test
    @DisplayName("a large response arrives completely")
    public void largeAnswer() throws Exception {
        assertThat(connect().get("/echo/large?3000000").answer().text()).hasSize(3_000_000);
    }

    @Test
    @DisplayName("a rejected request is answered in the form of its generation")
    public void refused() throws Exception {
        Answer answer = connect().get("/echo/refused").answer();
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).isEqualTo("FORBIDDEN");
    }

    // Bodies

    @Test
    @DisplayName("a body is read: with a known length, in chunks, or byte by byte")
    public void bodies() throws Exception {
        RawConnection connection = connect();
        connection.send("POST /echo/body?100" + HEAD + "Content-Length: 5\r\n\r\nhello");
        assertThat(connection.answer().text()).isEqualTo("hello");
        connection.send(
                "POST /echo/body?100" + HEAD + "Transfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n");
        assertThat(connection.answer().text()).isEqualTo("hello");
        for (char c : ("POST /echo/body?100" + HEAD + "Content-Length: 5\r\n\r\nhello").toCharArray()) {
            connection.send(String.valueOf(c));
        }
        assertThat(connection.answer().text()).isEqualTo("hello");
        assertThat(connection
                        .send("POST /echo/body?5" + HEAD + "Content-Length: 0\r\n\r\n")
                        .answer()
                        .text())
                .isEmpty();
    }

    @Test
    @DisplayName("a body of exactly the limit is accepted")
    public void bodyOfTheLimit() throws Exception {
        String body = "x".repeat(90_000);
        RawConnection connection = connect();
        connection.send("POST /echo/body?90000" + HEAD + "Content-Length: 90000\r\n\r\n" + body);
        assertThat(connection.answer().text()).isEqualTo(body);
    }

    @Test
    @DisplayName("a body announced as too large is rejected before it arrives, and the connection ends without a reset")
    public void oversizedAnnounced() throws Exception {
        RawConnection connection = connect();
        connection.send("POST /echo/body?10" + HEAD + "Content-Length: 300000\r\n\r\n");
        Answer answer = connection.answer();
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.connection()).isEqualTo("close");
        assertThat(echo().event()).isEqualTo("oversized");
        sendAfterTheEnd(connection, "x".repeat(300_000));
        assertThat(connection.rest()).isEmpty();
    }

    @Test
    @DisplayName("a body that grows too large is rejected at this point, and the client can read the response")
    public void oversizedArrived() throws Exception {
        RawConnection connection = connect();
        connection.send("POST /echo/body?10" + HEAD + "Transfer-Encoding: chunked\r\n\r\n");
        try {
            for (int i = 0; i < 30; i++) {
                sendAfterTheEnd(connection, "2710\r\n" + "x".repeat(10_000) + "\r\n");
            }
        } catch (SocketException reset) {
            rejectAvoidable(reset);
        }
        assertThat(connection.answer().status()).isEqualTo(413);
        try {
            assertThat(connection.rest()).isEmpty();
        } catch (SocketException reset) {
            rejectAvoidable(reset);
        }
    }

    /** Throws a reset that the host promises to avoid after such a body. */
    private void rejectAvoidable(SocketException reset) throws SocketException {
        if (has(HostFeature.READS_ON)) {
            throw reset;
        }
    }

    @Test
    @DisplayName("a body that the session does not read is skipped")
    public void unaskedBody() throws Exception {
        RawConnection connection = connect();
        String body = "x".repeat(90_000);
        connection.send("POST /echo/ignore" + HEAD + "Content-Length: 90000\r\n\r\n" + body);
        Answer answer = connection.answer();
        assertThat(answer.text()).isEqualTo("ignored");
        // A container may close the connection if the body has not arrived completely.
        if (has(HostFeature.PORT) || !"close".equals(answer.connection())) {
            assertThat(connection.get("/echo/head").answer().status()).isEqualTo(200);
        }
    }

    @Test
    @HostFeature.Needed(HostFeature.CONTINUE)
    @DisplayName("100 Continue is sent when a body is read, and not when it is too large")
    public void expectContinue() throws Exception {
        RawConnection connection = connect();
        connection.send("POST /echo/body?10" + HEAD + "Content-Length: 5\r\nExpect: 100-continue\r\n\r\n");
        assertThat(connection.answer().status()).isEqualTo(100);
        assertThat(connection.send("hello").answer().text()).isEqualTo("hello");
        connection.send("POST /echo/body?10" + HEAD + "Content-Length: 500\r\nExpect: 100-continue\r\n\r\n");
        assertThat(connection.answer().status()).isEqualTo(413);
        assertThat(connection.rest()).isEmpty();
    }

    // Connections

    @Test
    @DisplayName("a connection stays open or closes as its version and headers require")
    public void keepAlive() throws Exception {
        RawConnection stays = connect();
        assertThat(stays.get("/echo/ignore").answer().status()).isEqualTo(200);
        assertThat(stays.get("/echo/ignore").answer().status()).isEqualTo(200);
        Answer last = stays.send("GET /echo/ignore" + HEAD + "Connection: close\r\n\r\n")
                .answer();
        assertThat(last.connection()).isEqualTo("close");
        assertThat(stays.rest()).isEmpty();
        RawConnection old = connect();
        old.send("GET /echo/ignore HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        assertThat(old.answer().connection()).isEqualTo("keep-alive");
        assertThat(old.send("GET /echo/ignore HTTP/1.0\r\n\r\n").answer().text())
                .isEqualTo("ignored");
        assertThat(old.rest()).isEmpty();
    }

    @Test
    @DisplayName("a connection closes after a response that says so, although the client did not ask for it")
    public void lastAnswer() throws Exception {
        RawConnection connection = connect();
        assertThat(connection.get("/echo/empty?close").answer().connection()).isEqualTo("close");
        assertThat(connection.rest()).isEmpty();
    }

    @Test
    @DisplayName("responses are sent in the order of their requests")
    public void pipelined() throws Exception {
        RawConnection connection = connect();
        String get = HEAD + "\r\n";
        connection.send("GET /echo/hold" + get + "GET /echo/head?2" + get + "POST /echo/body?9" + HEAD
                + "Content-Length: 1\r\n\r\n3GET /app/hello" + get + "GET /echo/head?5" + get);
        assertThat(echo().event()).isEqualTo("held /echo/hold");
        assertThat(connection.hasMore()).isFalse();
        echo().session().send(Encoded.text(Bytes.utf8("first")));
        assertThat(connection.answer().text()).isEqualTo("first");
        assertThat(connection.answer().text()).contains("/echo/head?2");
        assertThat(connection.answer().text()).isEqualTo("3");
        assertThat(connection.answer().text()).isEqualTo("hello");
        assertThat(connection.answer().text()).contains("/echo/head?5");
    }

    @Test
    @DisplayName("many pipelined requests all get a response")
    public void manyPipelined() throws Exception {
        RawConnection connection = connect();
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            requests.append("GET /echo/head?").append(i).append(HEAD).append("\r\n");
        }
        connection.send(requests.toString());
        for (int i = 0; i < 60; i++) {
            assertThat(connection.answer().text()).startsWith("GET /echo/head?" + i + "\n");
        }
    }

    @Test
    @DisplayName("a dropped request gets no byte, or as little as possible, and its connection closes")
    public void drop() throws Exception {
        assertDropped(connect().get("/echo/drop"));
    }

    @Test
    @HostFeature.Needed(HostFeature.NOTICES_DISCONNECT)
    @DisplayName("a session is notified once that its peer left before the response: closed, half closed or reset")
    public void gone() throws Exception {
        RawConnection closed = connect().get("/echo/hold?1");
        assertThat(echo().event()).isEqualTo("held /echo/hold?1");
        closed.close();
        assertThat(echo().event()).isEqualTo("gone /echo/hold?1");
        RawConnection half = connect().get("/echo/hold?2");
        assertThat(echo().event()).isEqualTo("held /echo/hold?2");
        half.shutdownOutput();
        assertThat(echo().event()).isEqualTo("gone /echo/hold?2");
        assertThat(half.read()).isEqualTo(-1);
        RawConnection reset = connect().get("/echo/hold?3");
        assertThat(echo().event()).isEqualTo("held /echo/hold?3");
        reset.reset();
        assertThat(echo().event()).isEqualTo("gone /echo/hold?3");
    }

    /** Sends bytes that the host discards or, if it cannot avoid a reset, rejects. */
    private void sendAfterTheEnd(RawConnection connection, String bytes) throws IOException {
        try {
            connection.send(bytes);
        } catch (SocketException closed) {
            if (secure()) {
                Assumptions.abort("The container closed the connection while the client still sent records of TLS.");
            }
            if (has(HostFeature.NO_RESET)) {
                throw closed;
            }
        }
    }

    // Bad input

    @Test
    @DisplayName("bytes that are not HTTP are rejected and disturb no other connection")
    public void garbage() throws Exception {
        RawConnection bystander = connect();
        assertThat(bystander.get("/echo/ignore").answer().status()).isEqualTo(200);
        byte[] tls = {0x16, 3, 1, 0, 5, 1, 0, 0, 1, 3, '\r', '\n', '\r', '\n'};
        assertThat(connect().send(tls).rest()).matches("(?s)|HTTP/1.1 400 .*");
        assertThat(connect().send("\0\1\2 garbage\r\n\r\n").rest()).matches("(?s)|HTTP/1.1 400 .*");
        assertThat(bystander.get("/echo/ignore").answer().status()).isEqualTo(200);
    }

    @Test
    @DisplayName("a chunk without a length is rejected, and ends its request")
    public void malformedChunk() throws Exception {
        String chunk = "POST /echo/body?9" + HEAD + "Transfer-Encoding: chunked\r\n\r\nnot a number\r\n";
        assertThat(connect().send(chunk).rest()).matches("(?s)|HTTP/1.1 400 .*");
        assertThat(echo().event()).isEqualTo("gone /echo/body?9");
    }

    @Test
    @DisplayName("a header line without a colon is rejected")
    public void headerWithoutColon() throws Exception {
        assertThat(connect().send("GET /echo/head" + HEAD + "no colon\r\n\r\n").rest())
                .matches("(?s)|HTTP/1.1 400 .*");
    }

    @Test
    @DisplayName("a head that is too long is rejected")
    public void longHeads() throws Exception {
        RawConnection line = connect().send("GET /echo/" + "a".repeat(100_000) + HEAD + "\r\n");
        assertThat(line.answer().status()).isIn(400, 414, 431);
        RawConnection header = connect().send("GET /echo/head" + HEAD + "X: " + "a".repeat(100_000) + "\r\n\r\n");
        assertThat(header.answer().status()).isIn(400, 431);
    }

    @Test
    @HostFeature.Needed(HostFeature.HEAD_TIMEOUT)
    @DisplayName("a head that does not end in time closes its connection")
    public void slowHead() throws Exception {
        start(HostLimits.SHORT_TIMEOUTS);
        RawConnection second = connect();
        assertThat(second.get("/echo/ignore").answer().status()).isEqualTo(200);
        second.send("G");
        RawConnection first = connect().send("GET /echo/he");
        RawConnection silent = connect();
        assertThat(first.rest()).matches("(?s)|HTTP/1.1 408 .*");
        assertThat(silent.rest()).isEmpty();
        assertThat(second.rest()).matches("(?s)|HTTP/1.1 408 .*");
    }

    @Test
    @DisplayName("a body that does not end in time ends its request and closes its connection")
    public void slowBody() throws Exception {
        start(HostLimits.SHORT_BODY_TIMEOUT);
        RawConnection connection = connect();
        connection.send("POST /echo/body?10" + HEAD + "Content-Length: 5\r\n\r\nhel");
        assertThat(echo().event()).isEqualTo("gone /echo/body?10");
        assertThat(connection.rest()).matches("(?s)|HTTP/1.1 408 .*");
    }

    @Test
    @DisplayName("unfinished bodies of many clients are rejected as too large, and those of nobody else")
    public void unfinishedBodies() throws Exception {
        int length = EchoServer.MAX_PAYLOAD;
        for (int i = 0; i < 3 * EchoServer.MAX_INPUT / length; i++) {
            // It may be closed within its body.
            sendAfterTheEnd(
                    connect(),
                    "POST /echo/body?" + length + HEAD + "Content-Length: " + length + "\r\n\r\n"
                            + "x".repeat(length - 1));
        }
        // The order is not defined: all hold the same.
        for (int i = 0; i < EchoServer.MAX_INPUT / length; i++) {
            assertThat(echo().event()).isEqualTo("oversized");
        }
        RawConnection bystander = connect();
        bystander.send("POST /echo/body?5" + HEAD + "Content-Length: 5\r\n\r\nhello");
        assertThat(bystander.answer().text()).isEqualTo("hello");
    }

    @Test
    @DisplayName("waiting for a response is not limited by the timeouts of requests")
    public void patience() throws Exception {
        start(HostLimits.SHORT_BODY_TIMEOUT);
        RawConnection polling = connect().get("/echo/hold");
        assertThat(echo().event()).isEqualTo("held /echo/hold");
        // Two bodies that time out, one after the other, measure the time.
        for (int i = 0; i < 2; i++) {
            RawConnection slow = connect().send("POST /echo/body?10" + HEAD + "Content-Length: 5\r\n\r\nhel");
            assertThat(echo().event()).isEqualTo("gone /echo/body?10");
            assertThat(slow.rest()).matches("(?s)|HTTP/1.1 408 .*");
        }
        echo().session().send(Encoded.text(Bytes.utf8("at last")));
        assertThat(polling.answer().text()).isEqualTo("at last");
    }
}
