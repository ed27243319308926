package io.everwire.spring.boot;

import io.everwire.SocketIoServer;
import io.everwire.netty.NettyOptions;
import io.everwire.reactor.ReactorNetty;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.web.server.reactive.ReactiveWebServerFactory;
import org.springframework.context.annotation.Bean;

/** Serves Socket.IO on the port of a WebFlux application, in the pipeline of Reactor Netty. */
@AutoConfiguration(
        after = EverwireAutoConfiguration.class,
        afterName = "org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration")
@ConditionalOnHost(HostKind.REACTIVE)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass({ReactorNetty.class, NettyServerCustomizer.class})
@EnableConfigurationProperties(NettyProperties.class)
public final class EverwireReactiveAutoConfiguration {
    /** Created by Spring. */
    EverwireReactiveAutoConfiguration() {}

    @Bean
    ActiveHost socketIoActiveHost() {
        return new ActiveHost("reactive");
    }

    @Bean
    @ConditionalOnMissingBean
    NettyOptions socketIoNettyOptions(NettyProperties properties) {
        return NettyOptionsFactory.options(properties);
    }

    /** Called when the web server is created; the configuration of HTTP/2 is checked when it opens its port. */
    @Bean
    NettyServerCustomizer socketIoNettyServerCustomizer(ObjectProvider<SocketIoServer> server, NettyOptions options) {
        return http -> ReactorNetty.attach(http, server.getObject(), options);
    }

    /** A reactive application may also run on Tomcat or Jetty, whose pipeline this is not. */
    @Bean
    static SmartInitializingSingleton socketIoReactiveServerCheck(ObjectProvider<ReactiveWebServerFactory> factory) {
        return () -> {
            ReactiveWebServerFactory known = factory.getIfUnique();
            if (known != null && !(known instanceof NettyReactiveWebServerFactory)) {
                throw new SocketIoStartException(
                        "Socket.IO cannot be served in a WebFlux application on "
                                + known.getClass().getSimpleName().replace("ReactiveWebServerFactory", ""),
                        "Use spring-boot-starter-reactor-netty, or set everwire.host to \"port\".");
            }
        };
    }
}
