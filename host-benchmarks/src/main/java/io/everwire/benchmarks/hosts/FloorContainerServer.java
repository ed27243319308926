package io.everwire.benchmarks.hosts;

import io.everwire.benchmarks.servers.Ready;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;

/** {@link FloorServlet} in a container. */
public final class FloorContainerServer {
    private FloorContainerServer() {}

    /** Starts the container that the first argument names, TOMCAT or JETTY. */
    public static void main(String[] args) throws Exception {
        Ready.say(args[0].equals("TOMCAT") ? tomcat() : jetty());
    }

    private static int tomcat() throws Exception {
        TomcatContainer.Prepared prepared = TomcatContainer.prepare();
        Wrapper servlet = Tomcat.addServlet(prepared.context(), "floor", new FloorServlet());
        servlet.setAsyncSupported(true);
        prepared.context().addServletMapping("/socket.io/*", "floor");
        return prepared.start();
    }

    private static int jetty() throws Exception {
        ServletContextHandler context = new ServletContextHandler("/");
        ServletHolder servlet = new ServletHolder(new FloorServlet());
        servlet.setAsyncSupported(true);
        context.addServlet(servlet, "/socket.io/*");
        return JettyContainer.start(context);
    }
}
