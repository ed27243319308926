package io.everwire.benchmarks.hosts;

import java.io.IOException;
import java.nio.file.Files;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Starts Tomcat and Jetty as each server here uses them: on loopback, with enough connections for every scenario. */
final class Containers {
    /** Above the 10,000 connections of the largest scenario; Tomcat's default is 8,192. */
    private static final int CONNECTIONS = 20_000;

    /** Returns a Tomcat that is not started, and its empty context. */
    record Prepared(Tomcat tomcat, Context context) {
        /** Starts it; returns its port. */
        int start() throws LifecycleException {
            tomcat.start();
            return tomcat.getConnector().getLocalPort();
        }
    }

    private Containers() {}

    static Prepared tomcat() throws IOException {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createTempDirectory("everwire-bench").toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getConnector().setProperty("maxConnections", Integer.toString(CONNECTIONS));
        tomcat.getConnector().setProperty("acceptCount", "4096");
        // A polling client would have to reconnect after each hundred requests.
        tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");
        Context context = tomcat.addContext("", null);
        // Tomcat calls filters only for requests that a servlet is mapped to.
        Tomcat.addServlet(context, "default", new DefaultServlet());
        context.addServletMapping("/", "default");
        context.addServletContainerInitializer(new WsSci(), null);
        return new Prepared(tomcat, context);
    }

    /** Starts Jetty with one acceptor and one selector; returns its port. */
    static int startJetty(ServletContextHandler context) throws Exception {
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
