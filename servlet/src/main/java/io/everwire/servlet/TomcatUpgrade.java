package io.everwire.servlet;

import jakarta.servlet.http.WebConnection;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/** Receives the events of one WebSocket of Tomcat. Public only because Tomcat creates and calls it; applications do not use it. */
public final class TomcatUpgrade implements InternalHttpUpgradeHandler {
    private @Nullable TomcatLine line;
    private @Nullable SocketWrapperBase<?> socket;

    /** Called by Tomcat. */
    public TomcatUpgrade() {}

    /** Sets the WebSocket. Called in the filter, before Tomcat's events. */
    void start(TomcatLine value) {
        line = value;
    }

    @Override
    public void setSocketWrapper(SocketWrapperBase<?> wrapper) {
        socket = wrapper;
    }

    @Override
    public void init(WebConnection connection) {
        if (line != null && socket != null) {
            line.open(socket);
        }
    }

    @Override
    public SocketState upgradeDispatch(SocketEvent event) {
        return line == null ? SocketState.CLOSED : line.dispatch(event);
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
