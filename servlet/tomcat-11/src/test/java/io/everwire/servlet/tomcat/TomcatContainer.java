package io.everwire.servlet.tomcat;

import io.everwire.Host;
import io.everwire.servlet.TestContainer;
import io.everwire.testkit.host.TestTls;
import jakarta.websocket.server.ServerContainer;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.util.ServerInfo;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.net.SSLHostConfigCertificate.Type;
import org.apache.tomcat.websocket.server.WsSci;

/** Tomcat, of the version on the class path. */
public final class TomcatContainer implements TestContainer {
    /** Referenced here, because the JDK forgets the level of a logger that nobody uses. */
    private static final Logger LOGGER = Logger.getLogger("org.apache");

    static {
        System.setProperty("org.apache.juli.logging.UserDataHelper.CONFIG", "NONE");
        LOGGER.setLevel(Level.SEVERE);
    }

    @Override
    public String name() {
        return "Tomcat " + (ServerInfo.getServerNumber().startsWith("10.1.") ? "10.1" : "11");
    }

    @Override
    public Host start(Application application) throws Exception {
        Path folder = Files.createTempDirectory("everwire-tomcat");
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        Connector connector = new Connector();
        connector.setPort(application.address().getPort());
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("maxThreads", String.valueOf(application.threads()));
        connector.setProperty("minSpareThreads", "2");
        if (application.tls() != null) {
            secure(connector, application.tls());
        }
        // A client whose connection finds the queue full tries again after a second.
        connector.setProperty("acceptCount", "2000");
        tomcat.getService().addConnector(connector);
        Context context = tomcat.addContext(application.contextPath(), folder.toString());
        context.addServletContainerInitializer(new WsSci(), Set.of());
        context.addServletContainerInitializer(application.initializer(), Set.of());
        if (application.webSocket() != null) {
            context.addServletContainerInitializer(
                    (classes, servletContext) -> {
                        ServerContainer webSockets = (ServerContainer)
                                servletContext.getAttribute("jakarta.websocket.server.ServerContainer");
                        try {
                            webSockets.addEndpoint(application.webSocket());
                        } catch (jakarta.websocket.DeploymentException e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    Set.of());
        }
        for (NamedFilter filter : application.filters()) {
            FilterDef definition = new FilterDef();
            definition.setFilterName(filter.name());
            definition.setFilter(filter.filter());
            definition.setFilterClass(filter.filter().getClass().getName());
            definition.setAsyncSupported(String.valueOf(filter.async()));
            context.addFilterDef(definition);
            FilterMap map = new FilterMap();
            map.setFilterName(filter.name());
            map.addURLPattern("/*");
            context.addFilterMap(map);
        }
        Wrapper wrapper = Tomcat.addServlet(context, "application", application.servlet());
        wrapper.setAsyncSupported(true);
        context.addServletMappingDecoded("/", "application");
        tomcat.start();
        if (!context.getState().isAvailable()) {
            tomcat.stop();
            tomcat.destroy();
            throw new IllegalStateException("the application did not start");
        }
        return new Running(tomcat, connector);
    }

    private static void secure(Connector connector, TestTls tls) {
        connector.setScheme("https");
        connector.setSecure(true);
        connector.setProperty("SSLEnabled", "true");
        SSLHostConfig host = new SSLHostConfig();
        SSLHostConfigCertificate certificate = new SSLHostConfigCertificate(host, Type.EC);
        certificate.setCertificateKeystoreFile(tls.file().toString());
        certificate.setCertificateKeystorePassword(TestTls.PASSWORD);
        host.addCertificate(certificate);
        connector.addSslHostConfig(host);
        connector.addUpgradeProtocol(new Http2Protocol());
    }

    private record Running(Tomcat tomcat, Connector connector) implements Host {
        @Override
        public InetSocketAddress address() {
            return new InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), connector.getLocalPort());
        }

        @Override
        public CompletableFuture<Void> close() {
            return CompletableFuture.runAsync(() -> {
                try {
                    if (tomcat.getServer().getState().isAvailable()) {
                        tomcat.stop();
                        tomcat.destroy();
                    }
                } catch (LifecycleException e) {
                    throw new IllegalStateException(e);
                }
            });
        }
    }
}
