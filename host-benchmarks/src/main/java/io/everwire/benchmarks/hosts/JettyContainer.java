package io.everwire.benchmarks.hosts;

import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Jetty as each server here uses it: on loopback, with one acceptor and one selector. */
final class JettyContainer {
    private JettyContainer() {}

    /** Starts it; returns its port. */
    static int start(ServletContextHandler context) throws Exception {
        Server jetty = new Server();
        ServerConnector connector = new ServerConnector(jetty, 1, 1);
        connector.setHost("127.0.0.1");
        connector.setAcceptQueueSize(4096);
        jetty.addConnector(connector);
        jetty.setHandler(context);
        jetty.start();
        return connector.getLocalPort();
    }
}
