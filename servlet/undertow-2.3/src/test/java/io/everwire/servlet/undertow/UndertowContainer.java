package io.everwire.servlet.undertow;

import io.everwire.Host;
import io.everwire.servlet.TestContainer;
import io.everwire.testkit.host.TestTls;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.Version;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.FilterInfo;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContainerInitializer;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;

/** Undertow, of the version on the class path. */
public final class UndertowContainer implements TestContainer {
    @Override
    public String name() {
        return "Undertow " + Version.getVersionString().substring(0, 3);
    }

    @Override
    public boolean ownFrames() {
        return false;
    }

    @Override
    public Host start(Application application) throws Exception {
        DeploymentInfo deployment = Servlets.deployment()
                .setClassLoader(UndertowContainer.class.getClassLoader())
                .setDeploymentName("test")
                .setContextPath(application.contextPath().isEmpty() ? "/" : application.contextPath());
        deployment.addServletContainerInitializer(new ServletContainerInitializerInfo(
                ServletContainerInitializer.class,
                new ImmediateInstanceFactory<>(application.initializer()),
                Set.of()));
        for (NamedFilter filter : application.filters()) {
            FilterInfo info = new FilterInfo(
                    filter.name(),
                    filter.filter().getClass().asSubclass(Filter.class),
                    new ImmediateInstanceFactory<>(filter.filter()));
            info.setAsyncSupported(filter.async());
            deployment.addFilter(info);
            deployment.addFilterUrlMapping(filter.name(), "/*", DispatcherType.REQUEST);
        }
        Servlet servlet = application.servlet();
        deployment.addServlet(Servlets.servlet(
                        "application",
                        servlet.getClass().asSubclass(Servlet.class),
                        new ImmediateInstanceFactory<>(servlet))
                .setAsyncSupported(true)
                .addMapping("/"));
        WebSocketDeploymentInfo webSockets = new WebSocketDeploymentInfo();
        if (application.webSocket() != null) {
            webSockets.addEndpoint(application.webSocket());
        }
        deployment.addServletContextAttribute(WebSocketDeploymentInfo.ATTRIBUTE_NAME, webSockets);
        DeploymentManager manager = Servlets.defaultContainer().addDeployment(deployment);
        manager.deploy();
        Undertow server = listen(application)
                .setIoThreads(2)
                .setWorkerThreads(application.threads())
                // By default 1 MiB.
                .setServerOption(UndertowOptions.MAX_HEADER_SIZE, 16 * 1024)
                .setHandler(Handlers.path().addPrefixPath(deployment.getContextPath(), manager.start()))
                .build();
        server.start();
        return new Running(server, manager, (InetSocketAddress)
                server.getListenerInfo().get(0).getAddress());
    }

    private static Undertow.Builder listen(Application application) throws Exception {
        int port = application.address().getPort();
        TestTls tls = application.tls();
        if (tls == null) {
            return Undertow.builder().addHttpListener(port, "127.0.0.1");
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(tls.keys().getKeyManagers(), null, null);
        return Undertow.builder()
                .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
                .addHttpsListener(port, "127.0.0.1", context);
    }

    private record Running(Undertow server, DeploymentManager manager, InetSocketAddress address) implements Host {
        @Override
        public CompletableFuture<Void> close() {
            return CompletableFuture.runAsync(() -> {
                try {
                    if (manager.getState() == DeploymentManager.State.STARTED) {
                        manager.stop();
                        manager.undeploy();
                        server.stop();
                    }
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
        }
    }
}
