package io.everwire.spring.boot;

import io.everwire.SocketIoServer;
import io.everwire.micrometer.DefaultEventObservationConvention;
import io.everwire.micrometer.EventObservationConvention;
import io.everwire.micrometer.EverwireMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Adds the meters of the server, and observations of its events, if the application has {@code everwire-micrometer} and a registry. */
@AutoConfiguration(
        before = EverwireAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration",
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration"
        })
@ConditionalOnClass({MeterRegistry.class, EverwireMetrics.class})
@ConditionalOnBean(MeterRegistry.class)
@EnableConfigurationProperties(EverwireProperties.class)
public final class EverwireMetricsAutoConfiguration {
    /** Created by Spring. */
    EverwireMetricsAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    EverwireMetrics everwireMetrics(
            MeterRegistry meters,
            ObjectProvider<ObservationRegistry> observations,
            ObjectProvider<EventObservationConvention> convention,
            EverwireProperties properties) {
        ObservationRegistry registry = observations.getIfAvailable();
        return registry == null || !properties.observations().events()
                ? EverwireMetrics.of(meters)
                : EverwireMetrics.of(
                        meters, registry, convention.getIfAvailable(DefaultEventObservationConvention::new));
    }

    @Bean
    SmartInitializingSingleton everwireMetricsMonitor(EverwireMetrics metrics, ObjectProvider<SocketIoServer> server) {
        return () -> server.ifAvailable(metrics::monitor);
    }
}
