package io.everwire.benchmarks.servers;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketConfig;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIOServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** The same application on netty-socketio: epoll, one thread, no compression. */
public final class NettySocketioServer {
    private NettySocketioServer() {}

    public static void main(String[] args) throws IOException {
        int port = freePort();
        SocketIOServer server = new SocketIOServer(configuration(port));
        server.addConnectListener(client -> {
            String joins = client.getHandshakeData().getSingleUrlParam("join");
            if (joins != null) {
                client.joinRoom(joins);
            }
        });
        server.addEventListener("echo", Payload.class, (client, payload, ack) -> client.sendEvent("echo", payload));
        server.addEventListener("ack", Payload.class, (client, payload, ack) -> ack.sendAckData(payload));
        server.addEventListener("bin", byte[].class, (client, bytes, ack) -> client.sendEvent("bin", (Object) bytes));
        server.addEventListener("publish", Payload.class, (client, payload, ack) -> publish(server, client, payload));
        server.start();
        Ready.say(port);
    }

    private static void publish(SocketIOServer server, SocketIOClient client, Payload payload) {
        String room = client.getHandshakeData().getSingleUrlParam("publish");
        server.getRoomOperations(room).sendEvent("news", payload);
    }

    private static Configuration configuration(int port) {
        Configuration configuration = new Configuration();
        configuration.setHostname(InetAddress.getLoopbackAddress().getHostAddress());
        configuration.setPort(port);
        configuration.setUseLinuxNativeEpoll(true);
        configuration.setBossThreads(1);
        configuration.setWorkerThreads(1);
        configuration.setHttpCompression(false);
        configuration.setWebsocketCompression(false);
        SocketConfig socket = new SocketConfig();
        socket.setReuseAddress(true);
        socket.setAcceptBackLog(4096);
        configuration.setSocketConfig(socket);
        return configuration;
    }

    /** Returns a free port: netty-socketio cannot report the port that the system chooses. */
    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }
}
