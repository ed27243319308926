package io.everwire.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.Handshake;
import io.everwire.Socket;
import io.everwire.spring.OnConnect;
import io.everwire.spring.OnEvent;
import io.everwire.spring.SocketIoController;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.annotation.method.configuration.EnableReactiveMethodSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** A WebFlux application with form login and HTTP Basic: its filter chains decide which requests open connections. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        classes = WebFluxSecurityTest.Application.class,
        properties = "spring.main.web-application-type=reactive")
class WebFluxSecurityTest {
    @SpringBootConfiguration
    @EnableAutoConfiguration(
            excludeName = {
                "org.springframework.boot.jetty.autoconfigure.reactive.JettyReactiveWebServerAutoConfiguration",
                "org.springframework.boot.tomcat.autoconfigure.reactive.TomcatReactiveWebServerAutoConfiguration"
            })
    @EnableReactiveMethodSecurity
    @Import({Chat.class, Rest.class})
    static class Application {
        @Bean
        SecurityWebFilterChain chain(ServerHttpSecurity http) {
            return http.authorizeExchange(exchanges -> exchanges.anyExchange().authenticated())
                    .formLogin(form -> {})
                    .httpBasic(basic -> {})
                    .build();
        }

        @Bean
        MapReactiveUserDetailsService users() {
            return new MapReactiveUserDetailsService(
                    User.withUsername("ann")
                            .password("{noop}secret")
                            .roles("USER")
                            .build(),
                    User.withUsername("root")
                            .password("{noop}secret")
                            .roles("ADMIN")
                            .build());
        }
    }

    @RestController
    static class Rest {
        @GetMapping("/hello")
        Mono<String> hello(Principal user) {
            return Mono.just("hello " + user.getName());
        }
    }

    @SocketIoController
    static class Chat {
        @OnConnect
        void joined(Socket socket, Handshake handshake, @Nullable Principal user) {
            socket.emit("welcome", user == null ? "nobody" : user.getName(), handshake.transport());
        }

        @OnEvent("who")
        String who() {
            return SecurityContextHolder.getContext().getAuthentication().getName();
        }

        @OnEvent("reboot")
        @PreAuthorize("hasRole('ADMIN')")
        Mono<String> reboot() {
            return ReactiveSecurityContextHolder.getContext()
                    .map(context -> context.getAuthentication().getName() + " reboots");
        }

        @OnEvent("authorities")
        String authorities(Authentication user) {
            return user.getAuthorities().toString();
        }
    }

    @LocalServerPort
    int port;

    private String url() {
        return "http://localhost:" + port;
    }

    @Test
    void theUserOfTheFormIsTheUserOfSocketsOnBothTransports() throws Exception {
        Map<String, String> headers = new Browser(port).login("ann");

        for (String transport : List.of("polling", "websocket")) {
            try (Client client = Client.connect(url(), transport, headers, "welcome")) {
                assertThat(client.next()).isEqualTo(List.of("welcome", "ann", transport));
            }
        }
    }

    @Test
    void nobodyConnectsWithoutTheUserThatTheApplicationRequires() {
        for (String transport : List.of("polling", "websocket")) {
            for (Map<String, String> headers :
                    List.of(Map.<String, String>of(), Map.of("Authorization", "Basic cm9vdDp3cm9uZw=="))) {
                try (Client client = Client.open(url(), transport, headers)) {
                    assertThatThrownBy(() -> client.connected().join())
                            .as(transport)
                            .hasMessageContaining("error");
                }
            }
        }
    }

    @Test
    void handlersHaveTheSecurityContext() throws Exception {
        try (Client ann = Client.connect(url(), "polling", new Browser(port).login("ann"))) {
            assertThat(ann.call("who")).isEqualTo("ann");
            assertThat(ann.call("authorities")).isEqualTo("[ROLE_USER]");
            assertThat(ann.call("reboot")).contains("refused", "access denied");
        }
        // "root:secret", without a session.
        try (Client root = Client.connect(url(), "websocket", Map.of("Authorization", "Basic cm9vdDpzZWNyZXQ="))) {
            assertThat(root.call("reboot")).isEqualTo("root reboots");
        }
    }

    @Test
    void aLogoutDisconnectsTheSocketsOfItsSession() throws Exception {
        Browser browser = new Browser(port);
        Map<String, String> headers = browser.login("ann");
        try (Client client = Client.connect(url(), "polling", headers);
                Client other = Client.connect(url(), "websocket", headers);
                Client stays = Client.connect(url(), "websocket", new Browser(port).login("ann"))) {
            browser.logout();

            assertThat(client.disconnected()).isEqualTo("io server disconnect");
            assertThat(other.disconnected()).isEqualTo("io server disconnect");
            assertThat(stays.call("who")).isEqualTo("ann");
        }
    }
}
