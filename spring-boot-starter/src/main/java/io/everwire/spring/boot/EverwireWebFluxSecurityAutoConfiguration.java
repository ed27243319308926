package io.everwire.spring.boot;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.WebFilterChainProxy;

/** Lets the filter chains of a WebFlux application decide which requests open connections, and ends connections at a logout. */
@AutoConfiguration(
        after = EverwireAutoConfiguration.class,
        afterName = "org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration")
@ConditionalOnHost(HostKind.REACTIVE)
@ConditionalOnClass({WebFilterChainProxy.class, ServerHttpSecurity.class})
@ConditionalOnBean(WebFilterChainProxy.class)
public final class EverwireWebFluxSecurityAutoConfiguration {
    /** Created by Spring. */
    EverwireWebFluxSecurityAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    WebFluxSecurityFilter socketIoWebFluxSecurityFilter(WebFilterChainProxy chains, ApplicationContext context) {
        return new WebFluxSecurityFilter(chains, context);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "everwire.security.close-on-logout", matchIfMissing = true)
    WebSessionSockets socketIoWebSessionSockets() {
        return new WebSessionSockets();
    }

    /** Spring Security 7 applies beans of this type to every filter chain, before the settings of the application. */
    @Bean
    @ConditionalOnBean(WebSessionSockets.class)
    Customizer<ServerHttpSecurity> socketIoLogoutCustomizer(WebSessionSockets sockets) {
        return http -> http.logout(logout -> logout.logoutHandler(handlers -> handlers.add(0, sockets)));
    }
}
