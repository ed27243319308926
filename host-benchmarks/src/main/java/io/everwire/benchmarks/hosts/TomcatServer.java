package io.everwire.benchmarks.hosts;

import io.everwire.HandlerMode;
import io.everwire.SocketIoServer;
import io.everwire.benchmarks.servers.EverwireServer;
import io.everwire.benchmarks.servers.Ready;
import io.everwire.servlet.ServletOptions;
import io.everwire.servlet.SocketIoFilter;
import io.everwire.servlet.WebSocketSupport;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import java.util.EnumSet;

/** Everwire as a filter of Tomcat. */
public final class TomcatServer {
    private TomcatServer() {}

    /** Starts the server with the WebSocket support of the first argument. */
    public static void main(String[] args) throws Exception {
        SocketIoServer server = EverwireServer.create(HandlerMode.MAILBOX);
        ServletOptions options = ServletOptions.builder()
                .webSocket(WebSocketSupport.valueOf(args[0]))
                .eventLoops(1)
                .build();
        TomcatContainer.Prepared prepared = TomcatContainer.prepare();
        prepared.context()
                .addServletContainerInitializer(
                        (classes, servlets) -> {
                            FilterRegistration.Dynamic filter =
                                    servlets.addFilter("socket.io", SocketIoFilter.create(server, options));
                            filter.setAsyncSupported(true);
                            filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/socket.io/*");
                        },
                        null);
        Ready.say(prepared.start());
    }
}
