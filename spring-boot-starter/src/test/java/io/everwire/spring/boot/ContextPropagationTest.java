package io.everwire.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.spring.OnEvent;
import io.everwire.spring.SocketIoController;
import io.micrometer.context.ContextRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationTextPublisher;
import jakarta.servlet.Filter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;

/** Thread-local values and observations in handlers, and in the publishers that they return. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        classes = ContextPropagationTest.Application.class,
        properties = {
            "spring.main.web-application-type=servlet",
            ServletHostTest.NO_JETTY,
            "everwire.observations.context-propagation=true",
            "spring.reactor.context-propagation=auto"
        })
class ContextPropagationTest {
    private static final String KEY = "tenant";
    private static final ThreadLocal<String> TENANT = new ThreadLocal<>();

    @BeforeAll
    static void register() {
        ContextRegistry.getInstance().registerThreadLocalAccessor(KEY, TENANT);
    }

    @AfterAll
    static void reset() {
        ContextRegistry.getInstance().removeThreadLocalAccessor(KEY);
        Hooks.disableAutomaticContextPropagation();
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(Values.class)
    static class Application {
        /** A filter of the application, which sets a thread-local value during a request. */
        @Bean
        FilterRegistrationBean<Filter> tenants() {
            FilterRegistrationBean<Filter> filter = new FilterRegistrationBean<>((request, response, chain) -> {
                TENANT.set(((jakarta.servlet.http.HttpServletRequest) request).getHeader("tenant"));
                try {
                    chain.doFilter(request, response);
                } finally {
                    TENANT.remove();
                }
            });
            filter.setAsyncSupported(true);
            filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
            return filter;
        }

        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .build();
        }

        /** Observations are no-ops without a handler. */
        @Bean
        ObservationTextPublisher observer() {
            return new ObservationTextPublisher(text -> {});
        }
    }

    @SocketIoController
    static class Values {
        private final ObservationRegistry observations;

        Values(ObservationRegistry observations) {
            this.observations = observations;
        }

        @OnEvent("now")
        String now() {
            return values();
        }

        @OnEvent("later")
        Mono<String> later() {
            return Mono.delay(Duration.ofMillis(1)).map(tick -> values());
        }

        private String values() {
            Observation current = observations.getCurrentObservation();
            return TENANT.get() + " "
                    + (current == null ? "none" : current.getContext().getName());
        }
    }

    @LocalServerPort
    int port;

    @Test
    void handlersAndTheirPublishersHaveTheContext() {
        for (String transport : List.of("polling", "websocket")) {
            try (Client acme = Client.connect("http://localhost:" + port, transport, Map.of("tenant", "acme"));
                    Client other = Client.connect("http://localhost:" + port, transport, Map.of("tenant", "other"))) {
                for (String event : List.of("now", "later")) {
                    assertThat(acme.call(event)).isEqualTo("acme everwire.event");
                    assertThat(other.call(event)).isEqualTo("other everwire.event");
                }
            }
        }
    }
}
