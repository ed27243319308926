package io.everwire.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.Host;
import io.everwire.testkit.host.RawConnection.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** A host with the echo generation and an application, new for each test and closed after it. */
@Timeout(120)
abstract class HostFixture {
    private final EchoServer echo = new EchoServer();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private @Nullable Host host;

    /**
     * Starts the host under test on a port of 127.0.0.1, with an application behind it that
     *
     * <ul>
     *   <li>answers {@code GET /app/hello} with {@code hello};
     *   <li>answers {@code POST /app/echo} with the body of the request;
     *   <li>answers {@code GET /app/later} with {@link EchoServer#later} once it is complete, on any thread;
     *   <li>serves a WebSocket at {@code /app/ws} that echoes text;
     *   <li>answers all other requests with 404.
     * </ul>
     *
     * @param port 0 to let the system choose
     */
    protected abstract Host start(EchoServer server, HostLimits limits, int port) throws Exception;

    /**
     * Returns the features that the host does not have, each with the reason: a sentence for users. Default: none. A
     * single test that the host cannot pass is overridden instead, with the reason in its Javadoc.
     */
    protected Map<HostFeature, String> missing() {
        return Map.of();
    }

    /** Returns whether requests arrive over TLS: then {@link #secured} must make TLS of each connection. */
    protected boolean secure() {
        return false;
    }

    /**
     * Returns the socket on which a test speaks HTTP/1.1 to the host, on the basis of a connected one. Default: the
     * same; a host with TLS returns one with TLS.
     */
    protected Socket secured(Socket connected) throws IOException {
        return connected;
    }

    @BeforeEach
    void skipWithoutFeature(TestInfo test) {
        HostFeature.Needed needed = test.getTestMethod()
                .map(method -> method.getAnnotation(HostFeature.Needed.class))
                .orElse(null);
        if (needed != null && !has(needed.value())) {
            Assumptions.abort(needed.value() + ": " + missing().get(needed.value()));
        }
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable resource : opened) {
            resource.close();
        }
        if (host != null) {
            host.close().get(60, TimeUnit.SECONDS);
        }
        echo.closeParts();
    }

    boolean has(HostFeature feature) {
        return !missing().containsKey(feature);
    }

    EchoServer echo() {
        return echo;
    }

    /**
     * Returns the host. It is started with timeouts that no test reaches, unless {@link #start(HostLimits)} was called
     * before.
     */
    Host host() throws Exception {
        return host != null ? host : start(HostLimits.LONG_TIMEOUTS);
    }

    Host start(HostLimits limits) throws Exception {
        host = start(echo, limits, 0);
        return host;
    }

    RawConnection connect() throws Exception {
        return connect(0);
    }

    /** Opens a connection with a receive buffer of about this size, in bytes; 0 leaves it to the system. */
    RawConnection connect(int receiveBuffer) throws Exception {
        return keep(open(host().address(), receiveBuffer));
    }

    RawConnection open(InetSocketAddress address, int receiveBuffer) throws IOException {
        GatheringSocket socket = new GatheringSocket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(RawConnection.DEADLINE_MILLIS);
        socket.connect(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort()),
                RawConnection.DEADLINE_MILLIS);
        return new RawConnection(socket, secured(socket), has(HostFeature.NO_RESET) && !secure());
    }

    RawWebSocket webSocket(String target, String... headers) throws Exception {
        RawConnection connection = connect();
        connection.send(RawWebSocket.request(target, headers));
        return keep(RawWebSocket.accepted(connection, connection.answer()));
    }

    /** Returns a WebSocket of the echo generation that has received its greeting. */
    RawWebSocket echoSocket() throws Exception {
        RawWebSocket socket = webSocket("/echo/ws");
        socket.readText();
        return socket;
    }

    /** Checks that a request was dropped, and that its connection closed. */
    void assertDropped(RawConnection connection) throws IOException {
        if (has(HostFeature.SILENT_DROP)) {
            assertThat(connection.read()).isEqualTo(-1);
        } else {
            Answer answer = connection.answer();
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text()).isEmpty();
            assertThat(answer.connection()).isEqualTo("close");
            assertThat(connection.rest()).isEmpty();
        }
    }

    /** Returns the code that a client reads if the server closes without a status. */
    int noStatus() {
        return has(HostFeature.CLOSE_WITHOUT_STATUS) ? -1 : 1000;
    }

    /** Closes {@code resource} after the test. */
    <T extends AutoCloseable> T keep(T resource) throws IOException {
        opened.add(resource);
        return resource;
    }
}
