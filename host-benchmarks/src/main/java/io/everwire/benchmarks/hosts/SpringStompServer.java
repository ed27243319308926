package io.everwire.benchmarks.hosts;

import io.everwire.benchmarks.servers.Payload;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.stereotype.Controller;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/** STOMP with Spring's simple broker on Tomcat: a controller receives each payload and sends it to a topic. */
public final class SpringStompServer {
    private SpringStompServer() {}

    /** Starts the server. */
    public static void main(String[] args) throws Exception {
        SpringApplications.start(Application.class);
    }

    /** The application. */
    @Configuration
    @EnableWebSocketMessageBroker
    static class Application implements WebSocketMessageBrokerConfigurer {
        @Override
        public void registerStompEndpoints(StompEndpointRegistry registry) {
            registry.addEndpoint("/stomp").setAllowedOrigins("*");
        }

        @Override
        public void configureMessageBroker(MessageBrokerRegistry registry) {
            registry.enableSimpleBroker("/topic");
            registry.setApplicationDestinationPrefixes("/app");
        }

        @Bean
        Publisher publisher() {
            return new Publisher();
        }
    }

    /** Receives what the load publishes. */
    @Controller
    static class Publisher {
        @MessageMapping("/publish")
        @SendTo("/topic/room")
        Payload publish(Payload payload) {
            return payload;
        }
    }
}
