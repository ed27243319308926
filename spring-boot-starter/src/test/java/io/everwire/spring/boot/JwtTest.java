package io.everwire.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.everwire.RefusedException;
import io.everwire.Socket;
import io.everwire.spring.OnEvent;
import io.everwire.spring.SocketIoController;
import io.everwire.spring.SocketIoPrincipal;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;

/** Resource servers with JSON Web Tokens: in the header of the request, or in the {@code auth} data of the client. */
class JwtTest {
    private static final byte[] KEY =
            "a key of 256 bits, for tests only".substring(0, 32).getBytes();
    private static final SecretKeySpec SECRET = new SecretKeySpec(KEY, "HmacSHA256");

    /** Stateless, as a resource server is. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    @EnableMethodSecurity
    @Import(Who.class)
    static class Servlets {
        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                    .oauth2ResourceServer(server -> server.jwt(jwt -> {}))
                    .build();
        }

        @Bean
        JwtDecoder decoder() {
            return NimbusJwtDecoder.withSecretKey(SECRET).build();
        }
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @EnableMethodSecurity
    @Import(Who.class)
    static class Reactive {
        @Bean
        SecurityWebFilterChain chain(ServerHttpSecurity http) {
            return http.authorizeExchange(exchanges -> exchanges.anyExchange().authenticated())
                    .oauth2ResourceServer(server -> server.jwt(jwt -> {}))
                    .build();
        }

        @Bean
        ReactiveJwtDecoder decoder() {
            return NimbusReactiveJwtDecoder.withSecretKey(SECRET).build();
        }
    }

    /** Browsers cannot set headers of WebSockets: the client sends the token in {@code auth}, and the chain lets everybody pass. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    @EnableMethodSecurity
    @Import({Who.class, JwtMiddleware.class})
    static class AuthData {
        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.requestMatchers(SocketIoRequest.toSocketIo())
                            .permitAll()
                            .anyRequest()
                            .authenticated())
                    .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                    .oauth2ResourceServer(server -> server.jwt(jwt -> {}))
                    .build();
        }

        @Bean
        JwtDecoder decoder() {
            return NimbusJwtDecoder.withSecretKey(SECRET).build();
        }
    }

    // docs: boot-jwt
    /** Lets clients in that have a token in io({ auth: { token } }), as the filter chain does with the header Authorization. */
    @org.springframework.stereotype.Component
    static class JwtMiddleware implements io.everwire.Middleware {
        record Auth(String token) {}

        private final JwtAuthenticationProvider tokens;

        JwtMiddleware(JwtDecoder decoder) {
            this.tokens = new JwtAuthenticationProvider(decoder);
        }

        @Override
        public void on(Socket socket) {
            try {
                String token = socket.handshake().auth(Auth.class).token();
                socket.attributes()
                        .set(
                                SocketIoPrincipal.ATTRIBUTE,
                                tokens.authenticate(new BearerTokenAuthenticationToken(token)));
            } catch (RuntimeException e) {
                throw new RefusedException("not authenticated");
            }
        }
    }
    // docs: end

    @SocketIoController
    static class Who {
        @OnEvent("who")
        List<String> who(Principal user, @AuthenticationPrincipal Jwt token) {
            return List.of(
                    user.getName(),
                    token.getClaimAsString("city"),
                    SecurityContextHolder.getContext().getAuthentication().getName());
        }

        @OnEvent("write")
        @PreAuthorize("hasAuthority('SCOPE_write')")
        String write() {
            return "written";
        }
    }

    private static String token(String user, String scope, Instant expiry) throws Exception {
        SignedJWT token = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS256),
                new JWTClaimsSet.Builder()
                        .subject(user)
                        .claim("scope", scope)
                        .claim("city", "Ulm")
                        .expirationTime(Date.from(expiry))
                        .build());
        token.sign(new MACSigner(KEY));
        return token.serialize();
    }

    private static Instant later() {
        return Instant.now().plus(Duration.ofHours(1));
    }

    private static ConfigurableApplicationContext start(Class<?> application, WebApplicationType type) {
        String boot = "org.springframework.boot.";
        String others = type == WebApplicationType.SERVLET
                ? boot + "jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration"
                : boot + "jetty.autoconfigure.reactive.JettyReactiveWebServerAutoConfiguration," + boot
                        + "tomcat.autoconfigure.reactive.TomcatReactiveWebServerAutoConfiguration";
        return new SpringApplicationBuilder(application)
                .web(type)
                .properties("server.port=0", "spring.autoconfigure.exclude=" + others)
                .run();
    }

    private static String url(ConfigurableApplicationContext context) {
        return "http://localhost:" + context.getEnvironment().getRequiredProperty("local.server.port");
    }

    private static Map<String, String> bearer(String token) {
        return Map.of("Authorization", "Bearer " + token);
    }

    private static void headersAreVerified(ConfigurableApplicationContext context) throws Exception {
        for (String transport : List.of("polling", "websocket")) {
            try (Client reader = Client.connect(url(context), transport, bearer(token("ann", "read", later())))) {
                assertThat(reader.call("who")).isEqualTo("[\"ann\",\"Ulm\",\"ann\"]");
                assertThat(reader.call("write")).contains("refused", "access denied");
            }
            try (Client writer = Client.connect(url(context), transport, bearer(token("bob", "write", later())))) {
                assertThat(writer.call("write")).isEqualTo("written");
            }
            for (Map<String, String> headers : List.of(
                    Map.<String, String>of(),
                    bearer("nonsense"),
                    bearer(token("ann", "read", Instant.now().minus(Duration.ofHours(1)))))) {
                try (Client stranger = Client.open(url(context), transport, headers)) {
                    assertThatThrownBy(() -> stranger.connected().join()).hasMessageContaining("error");
                }
            }
        }
    }

    @Test
    void tokensInHeadersOfAServletApplication() throws Exception {
        try (ConfigurableApplicationContext context = start(Servlets.class, WebApplicationType.SERVLET)) {
            headersAreVerified(context);
        }
    }

    @Test
    void tokensInHeadersOfAWebFluxApplication() throws Exception {
        try (ConfigurableApplicationContext context = start(Reactive.class, WebApplicationType.REACTIVE)) {
            headersAreVerified(context);
        }
    }

    @Test
    void tokensInTheAuthDataOfClients() throws Exception {
        try (ConfigurableApplicationContext context = start(AuthData.class, WebApplicationType.SERVLET)) {
            for (String transport : List.of("polling", "websocket")) {
                try (Client ann =
                        Client.connectWith(url(context), transport, Map.of("token", token("ann", "write", later())))) {
                    assertThat(ann.call("who")).isEqualTo("[\"ann\",\"Ulm\",\"ann\"]");
                    assertThat(ann.call("write")).isEqualTo("written");
                }
                try (Client stranger = Client.open(url(context), transport, Map.of())) {
                    assertThatThrownBy(() -> stranger.connected().join()).hasMessageContaining("not authenticated");
                }
            }
        }
    }
}
