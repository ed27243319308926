package io.everwire.spring.boot;

import io.everwire.SocketIoServer;
import io.everwire.servlet.ServletOptions;
import io.everwire.servlet.SocketIoFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.AbstractFilterRegistrationBean;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletListenerRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Serves Socket.IO on the port of a servlet application, by a filter after that of Spring Security. */
@AutoConfiguration(after = EverwireAutoConfiguration.class)
@ConditionalOnHost(HostKind.SERVLET)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({SocketIoFilter.class, FilterRegistrationBean.class})
@EnableConfigurationProperties({EverwireProperties.class, ServletProperties.class})
public final class EverwireServletAutoConfiguration {
    /** The default of {@code spring.security.filter.order}. */
    private static final int SECURITY_ORDER = -100;

    /** Created by Spring. */
    EverwireServletAutoConfiguration() {}

    @Bean
    ActiveHost socketIoActiveHost() {
        return new ActiveHost("servlet");
    }

    @Bean
    @ConditionalOnMissingBean
    ServletOptions socketIoServletOptions(
            ServletProperties properties, ObjectProvider<ServletOptionsCustomizer> customizers) {
        try {
            ServletOptions.Builder options =
                    properties.options().attach(HttpSessionId.class, EverwireServletAutoConfiguration::session);
            customizers.orderedStream().forEach(customizer -> customizer.customize(options));
            return options.build();
        } catch (IllegalArgumentException e) {
            throw new SocketIoStartException(
                    "The options of the servlet host are not valid: " + e.getMessage(),
                    "Correct the property below \"everwire.servlet\" that sets this option.",
                    e);
        }
    }

    private static @Nullable HttpSessionId session(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session == null ? null : new HttpSessionId(session.getId(), session);
    }

    @Bean
    FilterRegistrationBean<SocketIoFilter> socketIoFilter(
            SocketIoServer server,
            ServletOptions options,
            ServletProperties properties,
            Environment environment,
            ListableBeanFactory beans) {
        checkOrder(properties.filterOrder(), environment, beans);
        FilterRegistrationBean<SocketIoFilter> filter =
                new FilterRegistrationBean<>(SocketIoFilter.create(server, options));
        filter.addUrlPatterns(server.options().path() + "/*");
        filter.setOrder(properties.filterOrder());
        filter.setAsyncSupported(true);
        return filter;
    }

    /** A filter before that of Spring Security would answer requests that Spring Security does not allow. */
    private static void checkOrder(int order, Environment environment, ListableBeanFactory beans) {
        int security = environment.getProperty("spring.security.filter.order", Integer.class, SECURITY_ORDER);
        if (order <= security && beans.containsBean("springSecurityFilterChain")) {
            throw new SocketIoStartException(
                    "The filter of Socket.IO is before that of Spring Security, so requests would not be authorized",
                    "Set everwire.servlet.filter-order to more than " + security + ", or remove the property.");
        }
    }

    @Bean
    static AsyncCheck socketIoAsyncCheck(
            ObjectProvider<AbstractFilterRegistrationBean<?>> filters,
            EverwireProperties properties,
            ServletProperties servlet) {
        return new AsyncCheck(filters, properties.path(), servlet.filterOrder());
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "everwire.security.close-on-logout", matchIfMissing = true)
    HttpSessionSockets socketIoHttpSessionSockets() {
        return new HttpSessionSockets();
    }

    @Bean
    ServletListenerRegistrationBean<HttpSessionSockets> socketIoHttpSessionListener(
            ObjectProvider<HttpSessionSockets> sockets) {
        HttpSessionSockets known = sockets.getIfAvailable();
        ServletListenerRegistrationBean<HttpSessionSockets> listener =
                new ServletListenerRegistrationBean<>(known == null ? new HttpSessionSockets() : known);
        listener.setEnabled(known != null);
        return listener;
    }
}
