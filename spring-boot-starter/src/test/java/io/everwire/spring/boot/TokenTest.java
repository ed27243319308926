package io.everwire.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.Middleware;
import io.everwire.RefusedException;
import io.everwire.Socket;
import io.everwire.spring.OnEvent;
import io.everwire.spring.SocketIoController;
import io.everwire.spring.SocketIoPrincipal;
import io.everwire.spring.boot.test.SocketIoTest;
import io.everwire.testkit.TestClient;
import io.everwire.testkit.TestServer;
import java.security.Principal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.test.context.ContextConfiguration;

/** A token in the {@code auth} data of a client, as an application without HTTP sessions uses it. */
@SocketIoTest
@ContextConfiguration(classes = TokenTest.Application.class)
class TokenTest {
    @SpringBootConfiguration
    @Import({TokenMiddleware.class, Tokens.class, Who.class})
    static class Application {}

    /** Verifies tokens: a {@code JwtDecoder} of Spring Security, for example. */
    @Component
    static class Tokens {
        Authentication verify(String token) {
            if (!token.startsWith("token-of-")) {
                throw new IllegalArgumentException("not a token");
            }
            return new UsernamePasswordAuthenticationToken(
                    token.substring("token-of-".length()), token, AuthorityUtils.createAuthorityList("ROLE_USER"));
        }
    }

    /** Lets clients in that have a token: io({ auth: { token } }). It holds for every namespace. */
    @Component
    static class TokenMiddleware implements Middleware {
        record Auth(String token) {}

        private final Tokens tokens;

        TokenMiddleware(Tokens tokens) {
            this.tokens = tokens;
        }

        @Override
        public void on(Socket socket) {
            Authentication user;
            try {
                user = tokens.verify(socket.handshake().auth(Auth.class).token());
            } catch (RuntimeException e) {
                throw new RefusedException("not authenticated");
            }
            socket.attributes().set(SocketIoPrincipal.ATTRIBUTE, user);
        }
    }

    @SocketIoController("/who")
    static class Who {
        @OnEvent("am i")
        String amI(Principal user) {
            return user.getName() + " "
                    + SecurityContextHolder.getContext().getAuthentication().getAuthorities();
        }
    }

    @Autowired
    TestServer test;

    @Test
    void theTokenIsTheUserOfHandlers() {
        TestClient ann = test.connect("/who", Map.of("token", "token-of-ann"));

        assertThat(ann.emitWithAck("am i").answer()).containsExactly("ann [ROLE_USER]");
    }

    @Test
    void aClientWithoutATokenIsRefused() {
        assertThat(test.connect("/who", Map.of("token", "?")).connectError().get("message"))
                .isEqualTo("not authenticated");
        assertThat(test.connect("/who").connected()).isFalse();
    }
}
