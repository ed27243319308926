package io.everwire.testkit.host;

import io.everwire.Host;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
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

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable resource : opened) {
            resource.close();
        }
        if (host != null) {
            host.close().get(60, TimeUnit.SECONDS);
        }
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
        return keep(RawConnection.open(host().address()));
    }

    RawWebSocket webSocket(String target, String... headers) throws Exception {
        return keep(RawWebSocket.open(host().address(), target, headers));
    }

    /** Returns a WebSocket of the echo generation that has received its greeting. */
    RawWebSocket echoSocket() throws Exception {
        RawWebSocket socket = webSocket("/echo/ws");
        socket.readText();
        return socket;
    }

    /** Closes {@code resource} after the test. */
    <T extends AutoCloseable> T keep(T resource) throws IOException {
        opened.add(resource);
        return resource;
    }
}
