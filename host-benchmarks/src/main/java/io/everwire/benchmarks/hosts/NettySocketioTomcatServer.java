package io.everwire.benchmarks.hosts;

import io.everwire.benchmarks.servers.NettySocketioServer;

/** netty-socketio on a second port, in the process of a Tomcat that serves the application and is idle here. */
public final class NettySocketioTomcatServer {
    private NettySocketioTomcatServer() {}

    /** Starts both. */
    public static void main(String[] args) throws Exception {
        TomcatContainer.prepare().start();
        NettySocketioServer.main(args);
    }
}
