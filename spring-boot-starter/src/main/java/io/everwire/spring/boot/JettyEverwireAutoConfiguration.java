package io.everwire.spring.boot;

import org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

/**
 * Lets browsers open WebSockets over HTTP/1.1 on a Jetty with HTTP/2. Jetty offers WebSockets over HTTP/2 (RFC 8441) as soon as HTTP/2 is
 * on; browsers then use nothing else, and the filter of Socket.IO does not accept these requests.
 */
@AutoConfiguration(after = EverwireAutoConfiguration.class)
@ConditionalOnHost(HostKind.SERVLET)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({ConfigurableJettyWebServerFactory.class, AbstractHTTP2ServerConnectionFactory.class})
public final class JettyEverwireAutoConfiguration {
    /** Created by Spring. */
    JettyEverwireAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(name = "socketIoJettyCustomizer")
    WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> socketIoJettyCustomizer() {
        return factory -> factory.addServerCustomizers(JettyEverwireAutoConfiguration::withoutConnect);
    }

    private static void withoutConnect(Server server) {
        for (Connector connector : server.getConnectors()) {
            connector.getConnectionFactories().stream()
                    .filter(AbstractHTTP2ServerConnectionFactory.class::isInstance)
                    .map(AbstractHTTP2ServerConnectionFactory.class::cast)
                    .forEach(http2 -> http2.setConnectProtocolEnabled(false));
        }
    }
}
