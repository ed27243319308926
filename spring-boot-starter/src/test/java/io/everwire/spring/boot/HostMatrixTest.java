package io.everwire.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.RequestFilter;
import io.everwire.ServerObserver;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.netty.NettyHost;
import io.everwire.reactor.ReactorNetty;
import io.everwire.servlet.SocketIoFilter;
import io.everwire.spring.SocketIoLifecycle;
import jakarta.servlet.Filter;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.tomcat.reactive.TomcatReactiveWebServerFactory;
import org.springframework.boot.web.server.reactive.ReactiveWebServerFactory;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The host that serves Socket.IO, by the kind of the application, the classes that it has, and its properties. */
class HostMatrixTest {
    private static final AutoConfigurations AUTO = AutoConfigurations.of(
            EverwireAutoConfiguration.class,
            EverwirePortAutoConfiguration.class,
            EverwireReactiveAutoConfiguration.class,
            EverwireServletAutoConfiguration.class,
            SslAutoConfiguration.class);

    private final ApplicationContextRunner plain = new ApplicationContextRunner().withConfiguration(AUTO);
    private final WebApplicationContextRunner servlet = new WebApplicationContextRunner().withConfiguration(AUTO);
    private final ReactiveWebApplicationContextRunner reactive =
            new ReactiveWebApplicationContextRunner().withConfiguration(AUTO);

    @Test
    void anApplicationWithoutWebServerOpensAPort() {
        plain.withPropertyValues("everwire.port.number=0", "everwire.port.address=127.0.0.1")
                .run(context -> {
                    assertThat(context).hasNotFailed().hasSingleBean(SocketIoServer.class);
                    SocketIoServer server = context.getBean(SocketIoServer.class);
                    assertThat(server.host().address().getPort()).isPositive();
                    assertThat(server.host().address().getAddress().isLoopbackAddress())
                            .isTrue();
                    assertThat(context.getBean(ActiveHost.class).description()).isEqualTo("port");
                });
    }

    @Test
    void aReactiveApplicationUsesItsOwnPort() {
        reactive.run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(ActiveHost.class).description()).isEqualTo("reactive");
            assertThat(context.getBean(SocketIoServer.class).hosts()).isEmpty();
        });
    }

    @Test
    void aServletApplicationUsesAFilter() {
        servlet.run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(ActiveHost.class).description()).isEqualTo("servlet");
            FilterRegistrationBean<?> filter = context.getBean(FilterRegistrationBean.class);
            assertThat(filter.getUrlPatterns()).containsExactly("/socket.io/*");
            assertThat(filter.getOrder()).isEqualTo(-50);
            assertThat(context.getBean(SocketIoServer.class).hosts()).isEmpty();
        });
        servlet.withClassLoader(new FilteredClassLoader(SocketIoFilter.class))
                .run(context -> assertThat(analysis(context.getStartupFailure()).getAction())
                        .contains("everwire-servlet"));
        servlet.withPropertyValues("everwire.servlet.event-loops=0")
                .run(context -> assertThat(analysis(context.getStartupFailure()).getDescription())
                        .contains("eventLoops"));
        servlet.withBean("springSecurityFilterChain", Object.class, Object::new)
                .withPropertyValues("everwire.servlet.filter-order=-200")
                .run(context -> assertThat(analysis(context.getStartupFailure()).getDescription())
                        .contains("before that of Spring Security"));
    }

    @Test
    void aFilterWithoutSupportForAsynchronousRequestsStopsTheApplication() {
        servlet.withBean("old", FilterRegistrationBean.class, () -> filter(-200, "/*"))
                .run(context -> assertThat(analysis(context.getStartupFailure()).getAction())
                        .contains("setAsyncSupported(true)"));
        servlet.withBean("old", FilterRegistrationBean.class, () -> filter(-200))
                .run(context -> assertThat(analysis(context.getStartupFailure()).getDescription())
                        .contains("old", "asynchronous"));
        servlet.withBean("late", FilterRegistrationBean.class, () -> filter(0, "/*"))
                .run(context -> assertThat(context).hasNotFailed());
        servlet.withBean("other", FilterRegistrationBean.class, () -> filter(-200, "/api/*"))
                .run(context -> assertThat(context).hasNotFailed());
    }

    private static FilterRegistrationBean<Filter> filter(int order, String... patterns) {
        FilterRegistrationBean<Filter> filter =
                new FilterRegistrationBean<>((request, response, chain) -> chain.doFilter(request, response));
        filter.setName("old");
        filter.setAsyncSupported(false);
        filter.setOrder(order);
        filter.addUrlPatterns(patterns);
        return filter;
    }

    @Test
    void aPortNumberSelectsAPortOfItsOwn() {
        reactive.withPropertyValues("everwire.port.number=0").run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(ActiveHost.class).description()).isEqualTo("port");
            assertThat(context.getBean(SocketIoServer.class).hosts()).hasSize(1);
        });
        servlet.withPropertyValues("everwire.host=port", "everwire.port.number=0")
                .run(context -> assertThat(context.getBean(ActiveHost.class).description())
                        .isEqualTo("port"));
    }

    @Test
    void noHostIsWantedOrTheApplicationHasItsOwnServer() {
        plain.withPropertyValues("everwire.host=none").run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(ActiveHost.class);
            assertThat(context.getBean(SocketIoServer.class).hosts()).isEmpty();
        });
        plain.withPropertyValues("everwire.host=none", "everwire.path=/ignored")
                .withBean(SocketIoServer.class, SocketIoServer::create)
                .run(context -> assertThat(
                                context.getBean(SocketIoServer.class).options().path())
                        .isEqualTo("/socket.io"));
    }

    @Test
    void mistakesStopTheApplicationWithASentence() {
        plain.withClassLoader(new FilteredClassLoader(NettyHost.class))
                .run(context -> fails(context, "everwire-netty"));
        plain.withPropertyValues("everwire.host=reactive").run(context -> fails(context, "WebFlux"));
        plain.withPropertyValues("everwire.host=servlet").run(context -> fails(context, "servlet application"));
        plain.withPropertyValues("everwire.port.number=0", "everwire.ping-interval=0s")
                .run(context -> fails(context, "pingInterval"));
        plain.withPropertyValues("everwire.port.number=0", "everwire.netty.backlog=0")
                .run(context -> fails(context, "backlog"));
        plain.withPropertyValues("everwire.port.number=0", "everwire.handler-executor=nobody")
                .run(context -> fails(context, "nobody"));
        plain.withPropertyValues("everwire.port.number=0", "everwire.port.ssl.bundle=nobody")
                .run(context -> fails(context, "nobody"));
        servlet.withPropertyValues("everwire.host=port")
                .run(context -> assertThat(analysis(context.getStartupFailure()).getAction())
                        .contains("everwire.port.number"));
        reactive.withClassLoader(new FilteredClassLoader(ReactorNetty.class))
                .run(context -> assertThat(analysis(context.getStartupFailure()).getAction())
                        .contains("everwire-reactor-netty"));
        reactive.withBean(TomcatReactiveWebServerFactory.class)
                .run(context -> assertThat(analysis(context.getStartupFailure()).getDescription())
                        .contains("Tomcat"));
        reactive.withBean(ReactiveWebServerFactory.class, NettyReactiveWebServerFactory::new)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void aPortInUseIsNamed() {
        plain.withPropertyValues("everwire.port.number=0").run(first -> {
            int port = first.getBean(SocketIoServer.class).host().address().getPort();
            plain.withPropertyValues("everwire.port.number=" + port)
                    .run(context -> fails(context, "cannot listen on", "" + port));
        });
    }

    @Configuration
    static class Beans {
        static int asked;

        @Bean
        RequestFilter first() {
            return request -> asked++;
        }

        @Bean
        RequestFilter second(SocketIoServer server) {
            return request -> asked++;
        }

        @Bean
        ServerObserver one() {
            return new ServerObserver() {};
        }

        @Bean
        ServerObserver two() {
            return new ServerObserver() {};
        }

        @Bean
        Executor handlers() {
            return Runnable::run;
        }

        @Bean
        ServerOptionsCustomizer customizer() {
            return options -> options.maxNamespaces(7);
        }
    }

    @Test
    void beansOfTheApplicationBecomeOptions() {
        plain.withUserConfiguration(Beans.class)
                .withPropertyValues("everwire.host=none", "everwire.handler-executor=handlers")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    ServerOptions options = context.getBean(ServerOptions.class);
                    assertThat(options.observer()).isInstanceOf(CompositeObserver.class);
                    assertThat(options.handlerExecutor()).isSameAs(context.getBean("handlers"));
                    assertThat(options.maxNamespaces()).isEqualTo(7);
                    Beans.asked = 0;
                    options.allowRequest().on(null).toCompletableFuture().join();
                    assertThat(Beans.asked).isEqualTo(2);
                });
    }

    @Test
    void theServerEndsWithTheContext() {
        SocketIoServer[] server = {null};
        plain.withPropertyValues("everwire.port.number=0").run(context -> {
            server[0] = context.getBean(SocketIoServer.class);
            assertThat(context.getBean(SocketIoLifecycle.class).isRunning()).isTrue();
        });
        assertThat(server[0].hosts()).isEmpty();
    }

    private static void fails(AssertableApplicationContext context, String... parts) {
        assertThat(context).hasFailed();
        FailureAnalysis analysis = analysis(context.getStartupFailure());
        assertThat(analysis.getDescription() + " " + analysis.getAction()).contains(parts);
    }

    private static FailureAnalysis analysis(Throwable failure) {
        FailureAnalysis analysis = new SocketIoStartFailureAnalyzer().analyze(failure);
        assertThat(analysis).as("analysis of " + failure).isNotNull();
        return analysis;
    }
}
