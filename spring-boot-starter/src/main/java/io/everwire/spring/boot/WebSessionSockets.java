package io.everwire.spring.boot;

import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.spring.SocketIoServerCustomizer;
import java.util.function.BiConsumer;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.WebFilterExchange;
import org.springframework.security.web.server.authentication.logout.ServerLogoutHandler;
import org.springframework.web.server.WebSession;
import reactor.core.publisher.Mono;

/** Disconnects the sockets of a web session at its logout. WebFlux does not tell that a session has expired. Any thread. */
final class WebSessionSockets implements ServerLogoutHandler, SocketIoServerCustomizer {
    private final SessionSockets sockets = new SessionSockets();

    @Override
    public void customize(SocketIoServer server) {
        SessionSockets.listen(server, with(sockets::add), with(sockets::remove));
    }

    private static java.util.function.Consumer<Socket> with(BiConsumer<String, Socket> action) {
        return socket -> {
            String session = socket.handshake().attribute(WebFluxSecurityFilter.SESSION);
            if (session != null) {
                action.accept(session, socket);
            }
        };
    }

    /** Called before the handler of Spring Security, which changes the id of the session. */
    @Override
    public Mono<Void> logout(WebFilterExchange exchange, Authentication user) {
        return exchange.getExchange()
                .getSession()
                .map(WebSession::getId)
                .doOnNext(sockets::end)
                .then();
    }
}
