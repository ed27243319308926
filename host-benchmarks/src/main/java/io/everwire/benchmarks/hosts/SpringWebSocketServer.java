package io.everwire.benchmarks.hosts;

import io.everwire.benchmarks.servers.Ready;
import jakarta.servlet.ServletRegistration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
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
        Containers.Prepared prepared = Containers.tomcat();
        prepared.context()
                .addServletContainerInitializer(
                        (classes, servlets) -> {
                            var spring = new AnnotationConfigWebApplicationContext();
                            spring.register(Application.class);
                            ServletRegistration.Dynamic dispatcher =
                                    servlets.addServlet("spring", new DispatcherServlet(spring));
                            dispatcher.setLoadOnStartup(1);
                            dispatcher.setAsyncSupported(true);
                            dispatcher.addMapping("/socket.io/*");
                        },
                        null);
        Ready.say(prepared.start());
    }

    /** The application. */
    @Configuration
    @EnableWebSocket
    static class Application {
        @Bean
        WebSocketConfigurer sockets() {
            return registry -> registry.addHandler(new SpringHandler(), "/").setAllowedOrigins("*");
        }
    }
}
