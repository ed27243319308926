package io.everwire.spring.boot;

import io.everwire.SocketIoServer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationPredicate;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/** Keeps polls, which take 25 s, out of {@code http.server.requests} of a servlet application. */
@AutoConfiguration(after = EverwireAutoConfiguration.class)
@ConditionalOnHost(HostKind.SERVLET)
@ConditionalOnBean(SocketIoServer.class)
@ConditionalOnClass({ObservationPredicate.class, ServerRequestObservationContext.class})
@ConditionalOnBooleanProperty(name = "everwire.observations.http-requests", havingValue = false, matchIfMissing = true)
public final class EverwireObservationAutoConfiguration {
    /** Created by Spring. */
    EverwireObservationAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(name = "socketIoObservationPredicate")
    ObservationPredicate socketIoObservationPredicate(EverwireProperties properties) {
        String path = properties.path();
        return (name, context) -> !isSocketIo(path, context);
    }

    private static boolean isSocketIo(String path, Observation.Context context) {
        if (!(context instanceof ServerRequestObservationContext request) || request.getCarrier() == null) {
            return false;
        }
        String uri = request.getCarrier().getRequestURI();
        String prefix = request.getCarrier().getContextPath() + path;
        return uri.startsWith(prefix) && (uri.length() == prefix.length() || uri.charAt(prefix.length()) == '/');
    }
}
