package io.everwire.servlet;

import io.everwire.Host;
import io.everwire.servlet.TestContainer.Application;
import io.everwire.testkit.host.Deviation;
import io.everwire.testkit.host.EchoServer;
import io.everwire.testkit.host.HostContract;
import io.everwire.testkit.host.HostFeature;
import io.everwire.testkit.host.HostLimits;
import io.everwire.testkit.host.HostPage;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs the host contract on a {@link SocketIoFilter} in a container. The overrides here have the same reason in each container. */
@ExtendWith(HostPage.class)
public abstract class ServletHostContract extends HostContract implements HostPage.Column {
    @Override
    public String column() {
        return container().name() + (webSocket() == WebSocketSupport.JAKARTA ? ", Jakarta" : "");
    }

    /** Returns the container under test. */
    protected abstract TestContainer container();

    /** Returns the way to serve WebSockets. */
    protected WebSocketSupport webSocket() {
        return WebSocketSupport.AUTO;
    }

    /** Returns whether the port speaks TLS. */
    protected boolean overTls() {
        return false;
    }

    @Override
    protected final boolean secure() {
        return overTls();
    }

    @Override
    protected final Socket secured(Socket connected) throws IOException {
        return overTls() ? ContainerTls.shared().secured(connected, "http/1.1") : connected;
    }

    /** Returns whether the container gives the host its connections, so that frames are Everwire's own. */
    protected boolean ownFrames() {
        return webSocket() != WebSocketSupport.JAKARTA && container().ownFrames();
    }

    @Override
    protected Map<HostFeature, String> missing() {
        Map<HostFeature, String> missing = new EnumMap<>(HostFeature.class);
        missing.put(HostFeature.DRAFTS, "A container passes on no request of these drafts.");
        missing.put(
                HostFeature.NOTICES_DISCONNECT, "No container tells that the client of a waiting request has left.");
        missing.put(HostFeature.SILENT_DROP, "A servlet cannot close a connection.");
        missing.put(HostFeature.CONTINUE, "The container sends 100 Continue by its own rules.");
        missing.put(HostFeature.HEAD_TIMEOUT, "The container reads the heads, with its own timeout.");
        missing.put(HostFeature.PORT, "The port is the container's.");
        if (!ownFrames()) {
            missing.put(HostFeature.OLD_WEBSOCKETS, "Jakarta WebSocket knows only version 13.");
            missing.put(HostFeature.CLOSE_WITHOUT_STATUS, "Jakarta WebSocket always sends a status.");
            missing.put(HostFeature.CLOSE_CODES, "The container checks frames, and closes with codes of its own.");
            missing.put(HostFeature.FRAGMENT_LIMIT, "The container joins small fragments before it passes them on.");
            missing.put(HostFeature.PING_LIMIT, "The container answers pings itself.");
            missing.put(
                    HostFeature.WEBSOCKET_COMPRESSION, "The container's compression has none of the server's limits.");
        }
        return missing;
    }

    @Override
    protected Host start(EchoServer server, HostLimits limits, int port) throws Exception {
        ServletOptions options = ServletOptions.builder()
                .webSocket(webSocket())
                .eventLoops(4)
                .bodyTimeout(Duration.ofMillis(limits.bodyTimeout()))
                .closeTimeout(Duration.ofMillis(limits.closeTimeout()))
                .maxFragments(limits.maxFragments())
                .build();
        Application application = EchoApplication.of(server)
                .filter("socket.io", SocketIoFilter.create(server.engine(), options))
                .port(port);
        return container().start(overTls() ? application.tls(ContainerTls.shared()) : application);
    }

    @Deviation(
            "The connection ends after a stream whose request has a body, which a container would take for a request.")
    @Override
    public void streamWithBody() {}
}
