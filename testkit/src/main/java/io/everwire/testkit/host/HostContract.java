package io.everwire.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.Host;
import io.everwire.engine.EngineSession;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.testkit.host.RawConnection.Answer;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The contract of every host. The test of a host is a subclass that starts it. A host lists the features that it does
 * not have ({@link #missing}): tests that need them are skipped with the reason. A single other test that it cannot pass
 * is overridden, with the reason.
 */
public abstract class HostContract extends AutobahnContract {
    private static final String HEAD = " HTTP/1.1\r\nHost: test\r\n";

    /** For subclasses. */
    protected HostContract() {}

    // The application beside the server

    @Test
    @DisplayName("requests that are not the server's reach the application, with all their parts")
    public void applicationRequests() throws Exception {
        RawConnection connection = connect();
        assertThat(connection.get("/app/hello").answer().text()).isEqualTo("hello");
        String chunks = "POST /app/echo" + HEAD + "Transfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n";
        assertThat(connection.send(chunks).answer().text()).isEqualTo("hello");
        String body = "x".repeat(50_000);
        connection.send("POST /app/echo" + HEAD + "Content-Length: 50000\r\n\r\n" + body);
        assertThat(connection.answer().text()).isEqualTo(body);
        assertThat(connection.get("/echo/ignore").answer().text()).isEqualTo("ignored");
    }

    @Test
    @DisplayName("requests below the server's path that belong to no generation reach the application, too")
    public void unclaimed() throws Exception {
        RawConnection connection = connect();
        assertThat(connection.get("/echo/unknown").answer().status()).isEqualTo(404);
        assertThat(connection.get("/echoes/head").answer().status()).isEqualTo(404);
        assertThat(connection.get("/").answer().status()).isEqualTo(404);
    }

    @Test
    @DisplayName("while the application has not responded, later responses of the server wait")
    public void lateApplication() throws Exception {
        RawConnection connection = connect();
        connection.send("GET /app/later" + HEAD + "\r\nGET /echo/head" + HEAD + "\r\nGET /app/hello" + HEAD + "\r\n");
        assertThat(connect().get("/echo/ignore").answer().status()).isEqualTo(200);
        assertThat(connection.hasMore()).isFalse();
        echo().answerLater("now");
        assertThat(connection.answer().text()).isEqualTo("now");
        assertThat(connection.answer().text()).startsWith("GET /echo/head\n");
        assertThat(connection.answer().text()).isEqualTo("hello");
    }

    @Test
    @DisplayName("the application serves its own WebSockets on the same port")
    public void applicationWebSocket() throws Exception {
        RawWebSocket theirs = webSocket("/app/ws");
        RawWebSocket ours = echoSocket();
        assertThat(theirs.text("to the application").readText()).isEqualTo("to the application");
        assertThat(ours.text("to the server").readText()).isEqualTo("to the server");
        RawConnection connection = connect();
        assertThat(connection.get("/echo/ignore").answer().status()).isEqualTo(200);
        connection.send(RawWebSocket.request("/app/ws"));
        RawWebSocket third = RawWebSocket.accepted(connection, connection.answer());
        assertThat(third.text("after a request").readText()).isEqualTo("after a request");
    }

    // The port

    @Test
    @HostFeature.Needed(HostFeature.PORT)
    @DisplayName("closing sends queued bytes and frees the port")
    public void closing() throws Exception {
        Host host = host();
        RawWebSocket socket = echoSocket();
        EngineSession session = echo().session();
        for (int i = 0; i < 200; i++) {
            session.send(Encoded.text(Bytes.utf8("x".repeat(1000) + i)));
        }
        CompletableFuture<Void> closed = host.close();
        for (int i = 0; i < 200; i++) {
            assertThat(socket.readText()).endsWith("x" + i);
        }
        assertThat(socket.readClose()).isEqualTo(1001);
        socket.sendClose(1001);
        assertThat(socket.connection().read()).isEqualTo(-1);
        closed.get(60, TimeUnit.SECONDS);
        assertThat(echo().event()).isEqualTo("closed transport close");
        assertThatThrownBy(() -> open(host.address(), 0)).isInstanceOf(IOException.class);
    }

    @Test
    @HostFeature.Needed(HostFeature.PORT)
    @DisplayName("closing waits for responses that are being sent, but not for idle connections")
    public void closingWithRequests() throws Exception {
        Host host = host();
        RawConnection resting = connect();
        assertThat(resting.get("/echo/ignore").answer().status()).isEqualTo(200);
        RawConnection polling = connect().get("/echo/hold");
        assertThat(echo().event()).isEqualTo("held /echo/hold");
        assertThat(echo().session()).isNotNull();
        EngineSession held = echo().session();
        RawConnection asking = connect().get("/app/later");
        assertThat(echo().event()).isEqualTo("later asked");
        CompletableFuture<Void> closed = host.close();
        assertThat(resting.read()).isEqualTo(-1);
        held.send(Encoded.text(Bytes.utf8("last words")));
        Answer answer = polling.answer();
        assertThat(answer.text()).isEqualTo("last words");
        assertThat(answer.connection()).isEqualTo("close");
        assertThat(polling.read()).isEqualTo(-1);
        echo().answerLater("later");
        assertThat(asking.answer().text()).isEqualTo("later");
        assertThat(asking.read()).isEqualTo(-1);
        closed.get(60, TimeUnit.SECONDS);
    }

    @Test
    @HostFeature.Needed(HostFeature.PORT)
    @DisplayName("closing does not wait forever")
    public void closingAnyway() throws Exception {
        Host host = start(HostLimits.SHORT_CLOSE_TIMEOUT);
        RawConnection polling = connect().get("/echo/hold");
        RawWebSocket silent = echoSocket();
        assertThat(echo().event()).isEqualTo("held /echo/hold");
        host.close().get(60, TimeUnit.SECONDS);
        assertThat(polling.read()).isEqualTo(-1);
        assertThat(silent.readClose()).isEqualTo(1001);
    }

    @Test
    @HostFeature.Needed(HostFeature.PORT)
    @DisplayName("the port can be opened again at once, although connections were open")
    public void restart() throws Exception {
        Host first = host();
        int port = first.address().getPort();
        for (int i = 0; i < 3; i++) {
            RawConnection connection = keep(open(first.address(), 0));
            connection.get("/echo/ignore");
            assertThat(connection.answer().status()).isEqualTo(200);
        }
        first.close().get(60, TimeUnit.SECONDS);
        Host second = start(echo(), HostLimits.LONG_TIMEOUTS, port);
        try {
            assertThat(second.address().getPort()).isEqualTo(port);
            RawConnection connection = keep(open(second.address(), 0));
            assertThat(connection.get("/echo/ignore").answer().status()).isEqualTo(200);
        } finally {
            second.close().get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    @HostFeature.Needed(HostFeature.PORT)
    @DisplayName("closing twice has the effect of closing once")
    public void closingTwice() throws Exception {
        Host host = host();
        host.close().get(60, TimeUnit.SECONDS);
        host.close().get(60, TimeUnit.SECONDS);
    }
}
