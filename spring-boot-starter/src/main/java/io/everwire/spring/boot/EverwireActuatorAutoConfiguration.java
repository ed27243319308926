package io.everwire.spring.boot;

import io.everwire.SocketIoServer;
import io.everwire.spring.SocketIoLifecycle;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Adds the health indicator, the part of the info endpoint, and the endpoint {@code everwire}. */
@AutoConfiguration(after = EverwireAutoConfiguration.class)
@ConditionalOnBean(SocketIoServer.class)
public final class EverwireActuatorAutoConfiguration {
    /** Created by Spring. */
    EverwireActuatorAutoConfiguration() {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
    @ConditionalOnEnabledHealthIndicator("everwire")
    static final class HealthConfiguration {
        @Bean
        @ConditionalOnMissingBean(name = "everwireHealthIndicator")
        HealthIndicator everwireHealthIndicator(SocketIoServer server, ObjectProvider<SocketIoLifecycle> lifecycle) {
            return new SocketIoHealthIndicator(server, lifecycle);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({InfoContributor.class, ConditionalOnEnabledInfoContributor.class})
    @ConditionalOnEnabledInfoContributor("everwire")
    static final class InfoConfiguration {
        @Bean
        @ConditionalOnMissingBean(name = "everwireInfoContributor")
        InfoContributor everwireInfoContributor(SocketIoServer server, ObjectProvider<ActiveHost> host) {
            return new SocketIoInfoContributor(server, host);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
    @ConditionalOnAvailableEndpoint(SocketIoEndpoint.class)
    static final class EndpointConfiguration {
        @Bean
        @ConditionalOnMissingBean
        SocketIoEndpoint everwireEndpoint(SocketIoServer server, ObjectProvider<ActiveHost> host) {
            return new SocketIoEndpoint(server, host);
        }
    }
}
