package io.everwire.spring;

import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.spring.security.AccessDeniedTranslator;
import io.everwire.spring.security.AuthenticationPrincipalResolver;
import io.everwire.spring.security.SecurityContextInterceptor;
import io.everwire.testkit.TestServer;
import java.util.Map;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;

/** Application contexts with a server in memory. */
final class Contexts {
    private Contexts() {}

    /** Starts a context with these beans, by their classes. */
    static AnnotationConfigApplicationContext start(Class<?>... beans) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("test", Map.of("chat.namespace", "/chat", "chat.event", "greet")));
        context.register(ServerConfiguration.class);
        context.register(beans);
        context.refresh();
        return context;
    }

    static TestServer server(AnnotationConfigApplicationContext context) {
        return context.getBean(TestServer.class);
    }

    @Configuration
    static class ServerConfiguration {
        @Bean
        TestServer testServer() {
            return TestServer.create(ServerOptions.builder().build());
        }

        @Bean
        SocketIoServer socketIoServer(TestServer test) {
            return test.server();
        }

        @Bean
        static SocketIoBeans socketIoBeans(org.springframework.beans.factory.ObjectProvider<SocketIoServer> server) {
            return new SocketIoBeans(server::getObject);
        }
    }

    @Configuration
    static class SecurityConfiguration {
        @Bean
        SecurityContextInterceptor securityContextInterceptor() {
            return new SecurityContextInterceptor();
        }

        @Bean
        AccessDeniedTranslator accessDeniedTranslator() {
            return new AccessDeniedTranslator();
        }

        @Bean
        AuthenticationPrincipalResolver authenticationPrincipalResolver() {
            return new AuthenticationPrincipalResolver();
        }
    }
}
