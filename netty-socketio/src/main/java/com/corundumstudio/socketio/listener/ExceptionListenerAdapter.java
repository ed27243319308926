package com.corundumstudio.socketio.listener;

import com.corundumstudio.socketio.SocketIOClient;
import io.netty.channel.ChannelHandlerContext;
import java.util.List;

/** Does nothing with most failures. Subclasses override what they need. */
public abstract class ExceptionListenerAdapter implements ExceptionListener {
    /** For subclasses. */
    public ExceptionListenerAdapter() {}

    @Override
    public void onEventException(Exception e, List<Object> args, SocketIOClient client) {}

    @Override
    public void onDisconnectException(Exception e, SocketIOClient client) {}

    @Override
    public void onConnectException(Exception e, SocketIOClient client) {}

    @Override
    public void onPingException(Exception e, SocketIOClient client) {}

    @Override
    public void onPongException(Exception e, SocketIOClient client) {}

    @Override
    public boolean exceptionCaught(ChannelHandlerContext ctx, Throwable e) throws Exception {
        return false;
    }
}
