package io.everwire.spring.boot;

import io.everwire.Attribute;
import io.everwire.HttpRefusedException;
import io.everwire.OpeningRequest;
import io.everwire.spring.SocketIoPrincipal;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.security.web.server.WebFilterChainProxy;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;
import org.springframework.web.server.adapter.HttpWebHandlerAdapter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import org.springframework.web.server.handler.FilteringWebHandler;
import org.springframework.web.server.i18n.LocaleContextResolver;
import org.springframework.web.server.session.WebSessionManager;
import reactor.core.publisher.Mono;

/**
 * Passes the request that would open a connection through the filter chains of Spring Security. WebFlux itself does not see it: Socket.IO
 * is served in front of WebFlux. The user whom the chain finds is that of the sockets.
 */
final class WebFluxSecurityFilter implements FirstRequestFilter {
    /** The id of the web session in which the connection was opened; without a session there is none. */
    static final Attribute<String> SESSION = Attribute.of("io.everwire.spring.session");

    private static final int UNAUTHORIZED = 401;

    private final WebFilterChainProxy chains;
    private final ApplicationContext context;

    WebFluxSecurityFilter(WebFilterChainProxy chains, ApplicationContext context) {
        this.chains = chains;
        this.context = context;
    }

    @Override
    public CompletionStage<?> on(OpeningRequest request) {
        boolean[] accepted = {false};
        HttpWebHandlerAdapter handler = new HttpWebHandlerAdapter(new FilteringWebHandler(
                exchange -> {
                    accepted[0] = true;
                    return remember(exchange, request);
                },
                List.of(chains)));
        // As WebFlux has it: the beans have these names.
        handler.setSessionManager(
                context.getBean(WebHttpHandlerBuilder.WEB_SESSION_MANAGER_BEAN_NAME, WebSessionManager.class));
        handler.setLocaleContextResolver(
                context.getBean(WebHttpHandlerBuilder.LOCALE_CONTEXT_RESOLVER_BEAN_NAME, LocaleContextResolver.class));
        handler.setApplicationContext(context);
        handler.afterPropertiesSet();
        DiscardedResponse response = new DiscardedResponse();
        return handler.handle(new RequestOfHead(request), response)
                .then(Mono.defer(() -> accepted[0] ? Mono.<Void>empty() : Mono.error(refusal(response))))
                .toFuture();
    }

    private static Mono<Void> remember(ServerWebExchange exchange, OpeningRequest request) {
        Mono<Optional<Principal>> user =
                exchange.getPrincipal().map(Optional::of).defaultIfEmpty(Optional.empty());
        return user.zipWith(exchange.getSession())
                .doOnNext(found -> {
                    found.getT1().ifPresent(known -> request.attributes().set(SocketIoPrincipal.ATTRIBUTE, known));
                    WebSession session = found.getT2();
                    if (session.isStarted()) {
                        request.attributes().set(SESSION, session.getId());
                    }
                })
                .then();
    }

    /** The chain redirects browsers to a page for the login, which is no answer for a client. */
    private static HttpRefusedException refusal(DiscardedResponse response) {
        HttpStatusCode status = response.getStatusCode();
        HttpRefusedException refusal =
                new HttpRefusedException(status != null && status.isError() ? status.value() : UNAUTHORIZED, "refused");
        String challenge = response.getHeaders().getFirst(HttpHeaders.WWW_AUTHENTICATE);
        return challenge == null ? refusal : refusal.header(HttpHeaders.WWW_AUTHENTICATE, challenge);
    }
}
