package io.everwire.spring.boot;

import io.everwire.servlet.ServletOptions;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Gives handlers the thread-local values of the request that opened the connection, if the application wants it. */
@AutoConfiguration(before = EverwireServletAutoConfiguration.class)
@ConditionalOnHost(HostKind.SERVLET)
@ConditionalOnClass({ContextSnapshotFactory.class, ObservationThreadLocalAccessor.class, ServletOptions.class})
@ConditionalOnBooleanProperty("everwire.observations.context-propagation")
public final class EverwireContextAutoConfiguration {
    /** Created by Spring. */
    EverwireContextAutoConfiguration() {}

    /** The observation of a request has ended when handlers run: that of the event is the current one. */
    @Bean
    ServletOptionsCustomizer socketIoContextCapture() {
        ContextSnapshotFactory snapshots = ContextSnapshotFactory.builder()
                .captureKeyPredicate(key -> !key.equals(ObservationThreadLocalAccessor.KEY))
                .build();
        return options -> options.attach(ContextSnapshot.class, request -> snapshots.captureAll());
    }

    @Bean
    @ConditionalOnMissingBean
    ContextPropagationInterceptor socketIoContextPropagationInterceptor() {
        return new ContextPropagationInterceptor();
    }
}
