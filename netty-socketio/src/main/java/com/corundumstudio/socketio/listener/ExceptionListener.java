package com.corundumstudio.socketio.listener;

import com.corundumstudio.socketio.SocketIOClient;
import io.netty.channel.ChannelHandlerContext;
import java.util.List;

/** Listens to failures of other listeners. */
public interface ExceptionListener {
    /** Called if a listener of an event failed. */
    void onEventException(Exception e, List<Object> args, SocketIOClient client);

    /** Called if a listener of disconnections failed. */
    void onDisconnectException(Exception e, SocketIOClient client);

    /** Called if a listener of connections failed. */
    void onConnectException(Exception e, SocketIOClient client);

    /** Not called: Everwire answers heartbeats itself. */
    void onPingException(Exception e, SocketIOClient client);

    /** Not called: Everwire answers heartbeats itself. */
    void onPongException(Exception e, SocketIOClient client);

    /** Not called: Everwire closes and logs broken connections itself. */
    boolean exceptionCaught(ChannelHandlerContext ctx, Throwable e) throws Exception;

    /** Called if a listener of {@code auth} data failed. */
    void onAuthException(Throwable e, SocketIOClient client);
}
