package io.everwire.benchmarks.hosts;

import java.io.IOException;
import java.nio.file.Files;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

/**
 * Tomcat as each server here uses it: on loopback, with enough connections for every scenario. One of them has no Jetty on
 * its class path.
 */
final class TomcatContainer {
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

    private TomcatContainer() {}

    static Prepared prepare() throws IOException {
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
}
