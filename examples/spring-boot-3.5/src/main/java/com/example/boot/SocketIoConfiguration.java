package com.example.boot;

import io.everwire.SocketIoServer;
import io.everwire.servlet.SocketIoFilter;
import io.everwire.spring.SocketIoBeans;
import io.everwire.spring.SocketIoLifecycle;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

// docs: boot-filter
/** The server on the port of the application, without the starter. */
@Configuration
class SocketIoConfiguration {
    @Bean(destroyMethod = "close")
    SocketIoServer socketIoServer() {
        return SocketIoServer.create();
    }

    /** Behind the filter of Spring Security, whose order is -100, so that the handshake has the user. */
    @Bean
    FilterRegistrationBean<SocketIoFilter> socketIoFilter(SocketIoServer server) {
        FilterRegistrationBean<SocketIoFilter> filter = new FilterRegistrationBean<>(SocketIoFilter.create(server));
        filter.addUrlPatterns(server.options().path() + "/*");
        filter.setOrder(-50);
        return filter;
    }

    /** Adds the methods of {@code @SocketIoController} beans. */
    @Bean
    static SocketIoBeans socketIoBeans(ObjectProvider<SocketIoServer> server) {
        return new SocketIoBeans(server::getObject);
    }

    /** Closes the sockets before the web server waits for its requests. */
    @Bean
    SocketIoLifecycle socketIoLifecycle(SocketIoServer server) {
        return new SocketIoLifecycle(server, started -> {});
    }
}
// docs: end
