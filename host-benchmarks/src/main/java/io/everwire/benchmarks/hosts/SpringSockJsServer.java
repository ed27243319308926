package io.everwire.benchmarks.hosts;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;

/** The handler of {@link SpringWebSocketServer} behind SockJS, whose sessions of polling clients accept several threads. */
public final class SpringSockJsServer {
    private SpringSockJsServer() {}

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
            return registry -> registry.addHandler(new SpringHandler(true), "/sockjs")
                    .setAllowedOrigins("*")
                    .withSockJS();
        }
    }
}
