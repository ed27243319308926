package io.everwire.conformance.hosts;

import static org.springframework.web.reactive.function.server.RequestPredicates.GET;

import io.everwire.Host;
import io.everwire.SocketIoServer;
import io.everwire.reactor.ReactorNetty;
import io.everwire.servlet.ServletOptions;
import io.everwire.servlet.SocketIoFilter;
import io.everwire.servlet.TestContainer;
import io.everwire.servlet.TestContainer.Application;
import io.everwire.servlet.jetty.Ee11Container;
import io.everwire.servlet.tomcat.TomcatContainer;
import io.everwire.servlet.undertow.UndertowContainer;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** A host with an application whose page {@code /page?…} is a function of its query. */
enum TestedHost {
    TOMCAT("Tomcat 11") {
        @Override
        Host start(SocketIoServer server, int port, UnaryOperator<String> page) throws Exception {
            return container(new TomcatContainer(), server, port, page);
        }
    },
    JETTY("Jetty 12.1") {
        @Override
        Host start(SocketIoServer server, int port, UnaryOperator<String> page) throws Exception {
            return container(new Ee11Container(), server, port, page);
        }
    },
    UNDERTOW("Undertow 2.3") {
        @Override
        Host start(SocketIoServer server, int port, UnaryOperator<String> page) throws Exception {
            return container(new UndertowContainer(), server, port, page);
        }
    },
    REACTOR_NETTY("Reactor Netty 1.3") {
        @Override
        Host start(SocketIoServer server, int port, UnaryOperator<String> page) {
            return webFlux(server, port, page);
        }
    };

    private final String heading;

    TestedHost(String heading) {
        this.heading = heading;
    }

    /** Starts it on a port of 127.0.0.1; 0 has the system choose. */
    abstract Host start(SocketIoServer server, int port, UnaryOperator<String> page) throws Exception;

    /** Returns its heading in {@code docs/clients.md}. */
    String heading() {
        return heading;
    }

    /** Clients 0.6 need an option of the filter in containers. Here, only Tomcat has it. */
    boolean hasGen0() {
        return this == TOMCAT || this == REACTOR_NETTY;
    }

    private static Host container(TestContainer container, SocketIoServer server, int port, UnaryOperator<String> page)
            throws Exception {
        ServletOptions options = ServletOptions.builder()
                .gen0(container instanceof TomcatContainer)
                // The Java client does not answer a close frame.
                .closeTimeout(Duration.ofMillis(500))
                .build();
        return container.start(new Application()
                .port(port)
                .servlet(new PageServlet(page))
                .filter("socket.io", SocketIoFilter.create(server, options)));
    }

    private static Host webFlux(SocketIoServer server, int port, UnaryOperator<String> page) {
        ReactorHttpHandlerAdapter application =
                new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(RouterFunctions.route(
                        GET("/page"),
                        request -> ServerResponse.ok()
                                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                                .bodyValue(page.apply(request.uri().getQuery())))));
        ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        HttpServer http = HttpServer.create()
                .channelGroup(connections)
                .bindAddress(() -> new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .handle(application);
        return new Opened(ReactorNetty.attach(http, server).bindNow(), connections);
    }

    /** Closes the connections, too: clients that keep them would send their next requests to the server that has ended. */
    private record Opened(DisposableServer port, ChannelGroup connections) implements Host {
        @Override
        public InetSocketAddress address() {
            return (InetSocketAddress) port.address();
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // The listener completes the result.
        public CompletableFuture<Void> close() {
            CompletableFuture<Void> ended = new CompletableFuture<>();
            port.dispose();
            port.onDispose().toFuture().thenRun(() -> connections.close().addListener(all -> ended.complete(null)));
            return ended;
        }
    }

    private static final class PageServlet extends HttpServlet {
        private static final long serialVersionUID = 1;

        private final transient UnaryOperator<String> page;

        PageServlet(UnaryOperator<String> page) {
            this.page = page;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (request.getQueryString() == null) {
                // A browser asks for an icon, too.
                response.setStatus(404);
                return;
            }
            response.setContentType("text/html; charset=utf-8");
            response.getOutputStream()
                    .write(page.apply(request.getQueryString()).getBytes(StandardCharsets.UTF_8));
        }
    }
}
