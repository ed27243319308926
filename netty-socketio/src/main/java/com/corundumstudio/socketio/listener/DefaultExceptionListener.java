package com.corundumstudio.socketio.listener;

import com.corundumstudio.socketio.SocketIOClient;
import io.netty.channel.ChannelHandlerContext;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs failures with the level ERROR. */
public class DefaultExceptionListener extends ExceptionListenerAdapter {
    private static final Logger log = LoggerFactory.getLogger(DefaultExceptionListener.class);

    /** Creates a listener. */
    public DefaultExceptionListener() {}

    @Override
    public void onEventException(Exception e, List<Object> args, SocketIOClient client) {
        log.error("a listener of an event failed, client {}", client.getSessionId(), e);
    }

    @Override
    public void onDisconnectException(Exception e, SocketIOClient client) {
        log.error("a listener of disconnections failed, client {}", client.getSessionId(), e);
    }

    @Override
    public void onConnectException(Exception e, SocketIOClient client) {
        log.error("a listener of connections failed, client {}", client.getSessionId(), e);
    }

    @Override
    public boolean exceptionCaught(ChannelHandlerContext ctx, Throwable e) throws Exception {
        log.error("a connection failed", e);
        return true;
    }

    @Override
    public void onAuthException(Throwable e, SocketIOClient client) {
        log.error("a listener of auth data failed, client {}", client.getSessionId(), e);
    }
}
