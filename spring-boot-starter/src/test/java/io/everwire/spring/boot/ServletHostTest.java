package io.everwire.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.Handshake;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.spring.OnConnect;
import io.everwire.spring.OnEvent;
import io.everwire.spring.SocketIoController;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.search.Search;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A servlet application on Tomcat with form login, and Socket.IO on its port. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        classes = ServletHostTest.Application.class,
        properties = {
            "spring.main.web-application-type=servlet",
            ServletHostTest.NO_JETTY,
            "management.endpoints.web.exposure.include=everwire,health,info,metrics",
            "management.endpoint.health.show-details=always",
            "spring.datasource.url=jdbc:h2:mem:chat"
        })
class ServletHostTest {
    static final String NO_JETTY =
            "spring.autoconfigure.exclude=org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration";

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @EnableMethodSecurity
    @Import({Chat.class, Rest.class})
    static class Application {
        /** CSRF protection is on, and every request needs a user, requests of Socket.IO too. */
        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.requestMatchers("/actuator/**")
                            .permitAll()
                            .anyRequest()
                            .authenticated())
                    .formLogin(form -> {})
                    .build();
        }

        @Bean
        UserDetailsService users() {
            return new InMemoryUserDetailsManager(
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
        String hello(Principal user) {
            return "hello " + user.getName();
        }
    }

    record Message(@NotBlank String text) {}

    @SocketIoController
    static class Chat {
        private final JdbcTemplate jdbc;

        Chat(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
            jdbc.execute("create table messages (text varchar(100))");
        }

        @OnConnect
        void joined(Socket socket, Handshake handshake, @Nullable Principal user) {
            socket.join("users");
            socket.emit("welcome", user == null ? "nobody" : user.getName(), handshake.transport());
        }

        @OnEvent("store")
        @Transactional
        String store(@Valid Message message) {
            jdbc.update("insert into messages values (?)", message.text());
            if (message.text().equals("rollback")) {
                throw new IllegalStateException("rolled back");
            }
            return "stored in a transaction: " + TransactionSynchronizationManager.isActualTransactionActive();
        }

        @OnEvent("count")
        int count() {
            return jdbc.queryForObject("select count(*) from messages", Integer.class);
        }

        @OnEvent("reboot")
        @PreAuthorize("hasRole('ADMIN')")
        String reboot() {
            return SecurityContextHolder.getContext().getAuthentication().getName() + " reboots";
        }
    }

    @LocalServerPort
    int port;

    @Autowired
    SocketIoServer server;

    @Autowired
    MeterRegistry meters;

    @Autowired
    HealthIndicator everwireHealthIndicator;

    @Value("${spring.autoconfigure.exclude}")
    String excluded;

    private String url(String path) {
        return "http://localhost:" + port + path;
    }

    private Browser browser() {
        return new Browser(port);
    }

    @Test
    void theUserOfTheFormIsThePrincipalOfTheHandshakeOnBothTransports() throws Exception {
        Map<String, String> headers = browser().login("ann");

        for (String transport : List.of("polling", "websocket")) {
            try (Client client = Client.connect(url(""), transport, headers, "welcome")) {
                assertThat(client.next()).isEqualTo(List.of("welcome", "ann", transport));
            }
        }
    }

    @Test
    void nobodyConnectsWithoutTheUserThatTheApplicationRequires() {
        for (String transport : List.of("polling", "websocket")) {
            try (Client client = Client.open(url(""), transport, Map.of())) {
                assertThatThrownBy(() -> client.connected().join())
                        .as(transport)
                        .hasMessageContaining("error");
            }
        }
    }

    @Test
    void handlersAreTransactionalValidatedAndAuthorized() throws Exception {
        try (Client ann = Client.connect(url(""), "polling", browser().login("ann"))) {
            assertThat(ann.call("store", new org.json.JSONObject(Map.of("text", "hello"))))
                    .isEqualTo("stored in a transaction: true");
            assertThat(ann.call("store", new org.json.JSONObject(Map.of("text", " "))))
                    .contains("bad_arguments", "must not be blank");
            int before = Integer.parseInt(ann.call("count"));
            ann.emit("store", new org.json.JSONObject(Map.of("text", "rollback")));
            assertThat(ann.call("count")).isEqualTo("" + before);
            assertThat(ann.call("reboot")).contains("refused", "access denied");
        }
        try (Client root = Client.connect(url(""), "websocket", browser().login("root"))) {
            assertThat(root.call("reboot")).isEqualTo("root reboots");
        }
    }

    @Test
    void aLogoutDisconnectsTheSocketsOfItsSession() throws Exception {
        Browser browser = browser();
        Map<String, String> headers = browser.login("ann");
        try (Client client = Client.connect(url(""), "polling", headers);
                Client other = Client.connect(url(""), "websocket", headers);
                Client stays = Client.connect(url(""), "websocket", browser().login("ann"))) {
            browser.logout();

            assertThat(client.disconnected()).isEqualTo("io server disconnect");
            assertThat(other.disconnected()).isEqualTo("io server disconnect");
            assertThat(stays.call("count")).isNotEmpty();
        }
    }

    @Test
    void pollsAreNotObservedAsRequestsAndTheServerHasItsMeters() throws Exception {
        Browser browser = browser();
        long earlier = requests("/hello");
        Map<String, String> headers = browser.login("ann");
        // A request is observed after its response was sent.
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> requests("/hello") > earlier);
        long before = requests();
        try (Client client = Client.connect(url(""), "polling", headers)) {
            client.call("count");
            client.call("count");
            assertThat(requests()).isEqualTo(before);
            assertThat(meters.get("everwire.events")
                            .tags("event", "count")
                            .timer()
                            .count())
                    .isPositive();
            assertThat(browser.fetch("/actuator/everwire").body()).contains("\"host\":\"servlet\"", "\"polling\":1");
            assertThat(browser.fetch("/actuator/everwire").body())
                    .contains("\"rooms\":{\"/\":{\"count\":1,\"biggest\":[{\"name\":\"users\",\"sockets\":1}]}}");
            assertThat(browser.fetch("/actuator/info").body()).contains("\"everwire\":{\"version\":", "\"eio4\"");
            assertThat(browser.fetch("/actuator/health").body()).contains("\"everwire\":{", "\"sessions\":1");
            assertThat(everwireHealthIndicator.health().getStatus().getCode()).isEqualTo("UP");
        }
    }

    private long requests() {
        return count(meters.find("http.server.requests"));
    }

    private long requests(String path) {
        return count(meters.find("http.server.requests").tags("uri", path));
    }

    private static long count(Search search) {
        return search.timers().stream().mapToLong(timer -> timer.count()).sum();
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void theGracefulStopDoesNotWaitForParkedPolls(CapturedOutput output) throws Exception {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
                .properties(
                        "server.port=0",
                        "spring.autoconfigure.exclude=" + excluded,
                        "spring.datasource.url=jdbc:h2:mem:stop",
                        "spring.main.web-application-type=servlet",
                        "server.shutdown=graceful",
                        "spring.lifecycle.timeout-per-shutdown-phase=60s")
                .run();
        assertThat(output)
                .as("the line of the start")
                .containsPattern(
                        "Socket\\.IO is served by a filter in (Apache Tomcat|jetty)/.*, path /socket\\.io, generations \\S");
        int own = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        Map<String, String> headers = new Browser(own).login("ann");
        try (Polls polls = new Polls(own, "Cookie: " + headers.get("Cookie") + "\r\n")) {
            for (int i = 0; i < 100; i++) {
                polls.park("welcome");
            }
            long start = System.nanoTime();
            context.close();
            Duration took = Duration.ofNanos(System.nanoTime() - start);

            assertThat(took).isLessThan(Duration.ofSeconds(30));
            System.getLogger("ServletHostTest").log(System.Logger.Level.INFO, "stopped in " + took);
        }
    }
}
