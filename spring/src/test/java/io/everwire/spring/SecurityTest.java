package io.everwire.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.SocketIoServer;
import io.everwire.testkit.TestClient;
import io.everwire.testkit.TestServer;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.method.configuration.EnableReactiveMethodSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolder;
import reactor.core.publisher.Mono;

/** Spring Security in handlers. */
class SecurityTest {
    record User(String name, int age) {}

    @Configuration
    @EnableMethodSecurity
    static class MethodSecurity {}

    @Configuration
    @EnableReactiveMethodSecurity
    static class ReactiveMethodSecurity {}

    @SocketIoController
    static class Admin {
        @OnEvent("reboot")
        @PreAuthorize("hasRole('ADMIN')")
        String reboot(Principal principal) {
            return principal.getName() + " reboots";
        }

        @OnEvent("context")
        String context() {
            Authentication user = SecurityContextHolder.getContext().getAuthentication();
            return user == null ? "nobody" : user.getName();
        }

        @OnEvent("user")
        String user(@AuthenticationPrincipal User user, @AuthenticationPrincipal(expression = "age") Integer age) {
            return user.name() + " " + age;
        }

        @OnEvent("other")
        String other(@AuthenticationPrincipal @Nullable String user) {
            return String.valueOf(user);
        }

        @OnEvent("mono")
        Mono<String> mono() {
            return ReactiveSecurityContextHolder.getContext()
                    .map(context -> context.getAuthentication().getName());
        }
    }

    @SocketIoController
    static class ReactiveAdmin {
        @OnEvent("reboot")
        @PreAuthorize("hasRole('ADMIN')")
        Mono<String> reboot() {
            return Mono.just("reboots");
        }
    }

    private static Authentication user(String name, String... authorities) {
        return new UsernamePasswordAuthenticationToken(
                new User(name, 40), "", AuthorityUtils.createAuthorityList(authorities)) {
            private static final long serialVersionUID = 1L;

            @Override
            public String getName() {
                return name;
            }
        };
    }

    /** Lets clients join with the users that they name. */
    private static TestServer server(AnnotationConfigApplicationContext context) {
        SocketIoServer server = context.getBean(SocketIoServer.class);
        server.use(socket -> {
            switch (String.valueOf(socket.handshake().auth(Map.class).get("name"))) {
                case "root" -> socket.attributes().set(SocketIoPrincipal.ATTRIBUTE, user("root", "ROLE_ADMIN"));
                case "ann" -> socket.attributes().set(SocketIoPrincipal.ATTRIBUTE, user("ann"));
                default -> {}
            }
        });
        return Contexts.server(context);
    }

    @Test
    void theUserOfTheSocketMayOrMayNotUseAHandler() {
        try (AnnotationConfigApplicationContext context =
                Contexts.start(MethodSecurity.class, Contexts.SecurityConfiguration.class, Admin.class)) {
            TestServer test = server(context);
            TestClient root = test.connect("/", Map.of("name", "root"));
            TestClient ann = test.connect("/", Map.of("name", "ann"));
            TestClient nobody = test.connect("/", Map.of("name", "nobody"));

            assertThat(root.emitWithAck("reboot").answer()).containsExactly("root reboots");
            assertThat(ann.emitWithAck("reboot").answer())
                    .containsExactly(Map.of("error", "refused", "message", "access denied"));
            assertThat(nobody.emitWithAck("reboot").answer())
                    .containsExactly(Map.of("error", "refused", "message", "not authenticated"));
        }
    }

    @Test
    void theContextIsThatOfTheSocketAndEndsWithTheHandler() {
        try (AnnotationConfigApplicationContext context =
                Contexts.start(MethodSecurity.class, Contexts.SecurityConfiguration.class, Admin.class)) {
            TestServer test = server(context);
            TestClient ann = test.connect("/", Map.of("name", "ann"));
            TestClient nobody = test.connect("/", Map.of("name", "nobody"));

            assertThat(ann.emitWithAck("context").answer()).containsExactly("ann");
            assertThat(nobody.emitWithAck("context").answer()).containsExactly("nobody");
            // Handlers of the test kit run on this thread.
            assertThat(SecurityContextHolder.getContext().getAuthentication()).isNull();
            assertThat(ann.emitWithAck("user").answer()).containsExactly("ann 40");
            assertThat(ann.emitWithAck("other").answer()).containsExactly("null");
            assertThat(ann.emitWithAck("mono").answer()).isEqualTo(List.of("ann"));
        }
    }

    @Test
    void reactiveMethodsAreSecuredByTheContextOfReactor() {
        try (AnnotationConfigApplicationContext context = Contexts.start(
                ReactiveMethodSecurity.class, Contexts.SecurityConfiguration.class, ReactiveAdmin.class)) {
            TestServer test = server(context);

            assertThat(test.connect("/", Map.of("name", "root"))
                            .emitWithAck("reboot")
                            .answer())
                    .containsExactly("reboots");
            assertThat(test.connect("/", Map.of("name", "ann"))
                            .emitWithAck("reboot")
                            .answer())
                    .containsExactly(Map.of("error", "refused", "message", "access denied"));
        }
    }
}
