package io.everwire.spring.boot;

import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.jackson.JacksonCodec;
import io.everwire.json.JsonCodec;
import io.everwire.spring.ConstraintViolationTranslator;
import io.everwire.spring.SocketIoBeans;
import io.everwire.spring.SocketIoLifecycle;
import io.everwire.spring.security.AccessDeniedTranslator;
import io.everwire.spring.security.AuthenticationPrincipalResolver;
import io.everwire.spring.security.SecurityContextInterceptor;
import java.util.function.Consumer;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import tools.jackson.databind.json.JsonMapper;

/** Creates the server, adds the beans of the application to it, and closes it with the application context. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration",
            "org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration"
        })
@EnableConfigurationProperties(EverwireProperties.class)
@ImportRuntimeHints(SocketIoRuntimeHints.class)
public final class EverwireAutoConfiguration {
    /** Created by Spring. */
    EverwireAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    ServerOptions socketIoServerOptions(EverwireProperties properties, ListableBeanFactory beans) {
        return new OptionsFactory(properties, beans).options();
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    SocketIoServer socketIoServer(ServerOptions options) {
        return SocketIoServer.create(options);
    }

    @Bean
    @ConditionalOnMissingBean
    static SocketIoBeans socketIoBeans(ObjectProvider<SocketIoServer> server) {
        return new SocketIoBeans(server::getObject);
    }

    /** Opens the port, if a configuration of a host provides the function. */
    @Bean
    @ConditionalOnMissingBean
    SocketIoLifecycle socketIoLifecycle(SocketIoServer server, ObjectProvider<PortOpener> opener) {
        PortOpener known = opener.getIfAvailable();
        Consumer<SocketIoServer> start = known == null ? started -> {} : known::open;
        return new SocketIoLifecycle(server, start);
    }

    @Bean
    @ConditionalOnMissingBean
    HostCheck socketIoHostCheck(
            EverwireProperties properties, ObjectProvider<ActiveHost> active, Environment environment) {
        return new HostCheck(properties, active, environment);
    }

    /** The application's mapper reads and writes arguments, with its modules and settings. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({JacksonCodec.class, JsonMapper.class})
    static final class JacksonConfiguration {
        @Bean
        @ConditionalOnBean(JsonMapper.class)
        @ConditionalOnMissingBean
        JsonCodec socketIoJsonCodec(JsonMapper mapper) {
            return new JacksonCodec(mapper);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "jakarta.validation.ConstraintViolationException")
    static final class ValidationConfiguration {
        @Bean
        @ConditionalOnMissingBean
        ConstraintViolationTranslator socketIoConstraintViolationTranslator() {
            return new ConstraintViolationTranslator();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.security.core.Authentication")
    static final class SecurityConfiguration {
        @Bean
        @ConditionalOnMissingBean
        @Order(Ordered.HIGHEST_PRECEDENCE + 100)
        SecurityContextInterceptor socketIoSecurityContextInterceptor() {
            return new SecurityContextInterceptor();
        }

        @Bean
        @ConditionalOnMissingBean
        AccessDeniedTranslator socketIoAccessDeniedTranslator() {
            return new AccessDeniedTranslator();
        }

        @Bean
        @ConditionalOnMissingBean
        AuthenticationPrincipalResolver socketIoAuthenticationPrincipalResolver() {
            return new AuthenticationPrincipalResolver();
        }
    }
}
