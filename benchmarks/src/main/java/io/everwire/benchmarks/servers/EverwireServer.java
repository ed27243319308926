package io.everwire.benchmarks.servers;

import io.everwire.HandlerMode;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.netty.NettyOptions;
import io.everwire.netty.NettyServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Everwire as an application uses it: typed handlers, Jackson, rooms, every limit at its default. */
public final class EverwireServer {
    private EverwireServer() {}

    /** Starts the server in the handler mode of the first argument. */
    public static void main(String[] args) throws IOException {
        SocketIoServer server = create(HandlerMode.valueOf(args[0]));
        // One thread, as in every server here: each has one CPU.
        NettyServer host = NettyServer.builder(server)
                .options(NettyOptions.builder().workerThreads(1).build())
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Ready.say(host.address().getPort());
    }

    /** Returns a server with the handlers that every scenario needs. */
    public static SocketIoServer create(HandlerMode mode) {
        ServerOptions options = ServerOptions.builder().handlerMode(mode).build();
        SocketIoServer server = SocketIoServer.create(options);
        server.onConnection(EverwireServer::connected);
        server.on("echo", Payload.class, (socket, payload) -> socket.emit("echo", payload));
        server.onCall("ack", Payload.class, (socket, payload) -> payload);
        server.on("bin", byte[].class, (socket, bytes) -> socket.emit("bin", (Object) bytes));
        return server;
    }

    private static void connected(Socket socket) {
        String joins = socket.handshake().query().get("join");
        if (joins != null) {
            socket.join(joins);
        }
        String rooms = socket.handshake().query().get("rooms");
        for (int i = 0; rooms != null && i < Integer.parseInt(rooms); i++) {
            socket.join("room " + i);
        }
        String publishes = socket.handshake().query().get("publish");
        if (publishes != null) {
            socket.on(
                    "publish",
                    Payload.class,
                    (same, payload) -> same.to(publishes).emit("news", payload));
        }
    }
}
