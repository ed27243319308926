package com.example.boot;

import io.everwire.Host;
import io.everwire.SocketIoServer;
import java.net.InetSocketAddress;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

// docs: boot-port
/** Opens the port after all beans exist, so that no client connects before its handlers, and closes it before them. */
@Component
class SocketIoPort implements SmartLifecycle {
    private final SocketIoServer server;
    private final int number;
    private Host port;

    SocketIoPort(SocketIoServer server, @Value("${socketio.port}") int number) {
        this.server = server;
        this.number = number;
    }

    @Override
    public synchronized void start() {
        port = server.bind(new InetSocketAddress(number));
    }

    @Override
    public synchronized void stop() {
        port.close();
        port = null;
    }

    @Override
    public synchronized boolean isRunning() {
        return port != null;
    }
}
// docs: end
