package io.everwire.spring.boot;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/**
 * Lets requests of Socket.IO pass the CSRF protection of Spring Security. Its clients do not send the token, and they need none: the server
 * checks the {@code Origin} of pages itself.
 */
@AutoConfiguration(
        after = EverwireAutoConfiguration.class,
        beforeName = "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration")
@ConditionalOnHost(HostKind.SERVLET)
@ConditionalOnClass({HttpSecurity.class, PathPatternRequestMatcher.class})
public final class EverwireSecurityAutoConfiguration {
    /** Created by Spring. */
    EverwireSecurityAutoConfiguration() {}

    /** Spring Security 7 applies beans of this type to every filter chain, before the settings of the application. */
    @Bean
    @ConditionalOnBooleanProperty(name = "everwire.security.csrf", havingValue = false, matchIfMissing = true)
    @ConditionalOnMissingBean(name = "socketIoCsrfCustomizer")
    Customizer<HttpSecurity> socketIoCsrfCustomizer(EverwireProperties properties) {
        return http -> http.csrf(csrf -> csrf.ignoringRequestMatchers(SocketIoRequest.below(properties.path())));
    }
}
