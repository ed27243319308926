package io.everwire.spring.boot;

import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Supplier;
import org.springframework.boot.security.web.servlet.ApplicationContextRequestMatcher;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.context.WebApplicationContext;

/** Matches the requests of Socket.IO in filter chains of Spring Security: {@code requestMatchers(SocketIoRequest.toSocketIo())}. */
public final class SocketIoRequest {
    private SocketIoRequest() {}

    /** Returns a matcher of the requests below {@code everwire.path}. */
    public static RequestMatcher toSocketIo() {
        return new PathMatcher();
    }

    static RequestMatcher below(String path) {
        return PathPatternRequestMatcher.pathPattern(path + "/**");
    }

    private static final class PathMatcher extends ApplicationContextRequestMatcher<EverwireProperties> {
        private volatile RequestMatcher known = request -> false;

        PathMatcher() {
            super(EverwireProperties.class);
        }

        @Override
        protected boolean ignoreApplicationContext(WebApplicationContext context) {
            return context.getBeanNamesForType(EverwireProperties.class).length == 0;
        }

        @Override
        protected void initialized(Supplier<EverwireProperties> properties) {
            known = below(properties.get().path());
        }

        @Override
        protected boolean matches(HttpServletRequest request, Supplier<EverwireProperties> properties) {
            return known.matches(request);
        }
    }
}
