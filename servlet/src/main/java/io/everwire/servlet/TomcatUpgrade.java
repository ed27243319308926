package io.everwire.servlet;

import io.everwire.engine.frames.CloseCode;
import jakarta.servlet.http.WebConnection;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/** Receives the events of one WebSocket of Tomcat. Public only because Tomcat creates and calls it; applications do not use it. */
public final class TomcatUpgrade implements InternalHttpUpgradeHandler {
    private @Nullable FrameLine line;
    private @Nullable TomcatConnection connection;

    /** Called by Tomcat. */
    public TomcatUpgrade() {}

    /** Sets the WebSocket. Called in the filter, before Tomcat's events. */
    void start(FrameLine value) {
        line = value;
    }

    @Override
    public void setSocketWrapper(SocketWrapperBase<?> wrapper) {
        connection = new TomcatConnection(wrapper);
    }

    @Override
    public void init(WebConnection streams) {
        if (line != null && connection != null) {
            line.open(connection);
        }
    }

    @Override
    public SocketState upgradeDispatch(SocketEvent event) {
        return line == null || connection == null ? SocketState.CLOSED : dispatch(event, line, connection);
    }

    private static SocketState dispatch(SocketEvent event, FrameLine line, FrameConnection connection) {
        SocketState next = SocketState.UPGRADED;
        switch (event) {
            case OPEN_READ -> {
                boolean more = connection.channel() == null && line.readable();
                // Without a read, the same event would follow at once.
                next = more ? SocketState.UPGRADED : SocketState.SUSPENDED;
            }
            case OPEN_WRITE -> line.writePossible();
            case STOP -> {
                line.close(CloseCode.GOING_AWAY);
                return SocketState.UPGRADED;
            }
            default -> line.disconnected();
        }
        return line.isDisconnected() ? SocketState.CLOSED : next;
    }

    /** {@inheritDoc} The server has its own timeouts. */
    @Override
    public void timeoutAsync(long now) {}

    @Override
    public void setSslSupport(SSLSupport support) {}

    /** {@inheritDoc} The connector stops: the server closes its sessions by itself. */
    @Override
    public void pause() {}

    @Override
    public void destroy() {
        if (line != null) {
            line.disconnected();
        }
    }
}
