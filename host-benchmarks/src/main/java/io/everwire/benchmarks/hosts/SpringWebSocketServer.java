package io.everwire.benchmarks.hosts;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;

/**
 * Spring's own WebSockets on Tomcat, with a handler that speaks as much of Socket.IO as the load expects: typed
 * payloads, Jackson, one room.
 */
public final class SpringWebSocketServer {
    private SpringWebSocketServer() {}

    /** Starts the server. */
    public static void main(String[] args) throws Exception {
        SpringApplications.start(Application.class);
    }

    /** The application. */
    @Configuration
    @EnableWebSocket
    static class Application {
        @Bean
        WebSocketConfigurer sockets() {
            return registry ->
                    registry.addHandler(new SpringHandler(false), "/").setAllowedOrigins("*");
        }
    }
}
