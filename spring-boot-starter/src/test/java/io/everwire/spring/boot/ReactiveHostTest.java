package io.everwire.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.Handshake;
import io.everwire.Socket;
import io.everwire.spring.OnConnect;
import io.everwire.spring.OnEvent;
import io.everwire.spring.SocketIoController;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** A WebFlux application with Socket.IO on its own port. */
class ReactiveHostTest {
    @SpringBootConfiguration
    @EnableAutoConfiguration(
            excludeName = {
                "org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration",
                "org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration",
                "org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration",
                "org.springframework.boot.jetty.autoconfigure.reactive.JettyReactiveWebServerAutoConfiguration",
                "org.springframework.boot.tomcat.autoconfigure.reactive.TomcatReactiveWebServerAutoConfiguration"
            })
    @Import({Chat.class, Rest.class})
    static class Application {}

    @RestController
    static class Rest {
        @GetMapping("/hello")
        Mono<String> hello() {
            return Mono.just("hello");
        }
    }

    @SocketIoController("/chat")
    static class Chat {
        @OnConnect
        void joined(Socket socket, Handshake handshake) {
            socket.emit("welcome", handshake.transport());
        }

        @OnEvent("later")
        Mono<String> later(String text) {
            return Mono.delay(Duration.ofMillis(1)).map(tick -> text + " later");
        }
    }

    private static ConfigurableApplicationContext start(String... properties) {
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.REACTIVE)
                .properties("server.port=0", "server.address=127.0.0.1")
                .properties(properties)
                .run();
    }

    private static int port(ConfigurableApplicationContext context) {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void bothTransportsAndTheApplicationShareThePort(CapturedOutput output) throws Exception {
        try (ConfigurableApplicationContext context = start()) {
            assertThat(output)
                    .as("the line of the start")
                    .containsOnlyOnce("Socket.IO is served by Reactor Netty, path /socket.io, generations ");
            String url = "http://127.0.0.1:" + port(context);
            for (String transport : List.of("polling", "websocket")) {
                try (Client client = Client.connect(url + "/chat", transport, Map.of(), "welcome")) {
                    assertThat(client.next()).isEqualTo(List.of("welcome", transport));
                    assertThat(client.call("later", "see you")).isEqualTo("see you later");
                }
            }
            assertThat(HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(URI.create(url + "/hello"))
                                            .build(),
                                    BodyHandlers.ofString())
                            .body())
                    .isEqualTo("hello");
        }
    }

    @Test
    void pollingWorksOverHttp2() throws Exception {
        try (ConfigurableApplicationContext context = start("server.http2.enabled=true")) {
            HttpClient client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
            String url = "http://127.0.0.1:" + port(context);
            // The connection changes to HTTP/2 with the first request.
            client.send(HttpRequest.newBuilder(URI.create(url + "/hello")).build(), BodyHandlers.ofString());
            HttpResponse<String> opened = client.send(
                    HttpRequest.newBuilder(URI.create(url + "/socket.io/?EIO=4&transport=polling"))
                            .build(),
                    BodyHandlers.ofString());

            assertThat(opened.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(opened.body()).startsWith("0{\"sid\":");
        }
    }

    /** Clients would only see connections that end. */
    @Test
    void aSettingThatEndsPollsStopsTheApplication() {
        assertThatThrownBy(() -> start("server.http2.enabled=true", "server.netty.idle-timeout=10s"))
                .satisfies(failure -> assertThat(
                                new HostFailureAnalyzer().analyze(failure).getDescription())
                        .contains("idleTimeout"));
    }

    @Test
    void theGracefulStopDoesNotWaitForParkedPolls() throws Exception {
        ConfigurableApplicationContext context =
                start("server.shutdown=graceful", "spring.lifecycle.timeout-per-shutdown-phase=60s");
        try (Polls polls = new Polls(port(context), "")) {
            for (int i = 0; i < 100; i++) {
                polls.park("40{");
            }
            long start = System.nanoTime();
            context.close();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
        }
    }
}
