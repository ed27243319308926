package io.everwire.servlet;

import io.everwire.engine.RateLimitedLog;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicBoolean;

/** Says once that requests cannot wait for messages, because a filter before the server's does not support it. */
final class AsyncCheck {
    /** The body of the response to a request that cannot wait. */
    static final String ANSWER = "A filter or servlet of this application does not support asynchronous requests.\n";

    private static final RateLimitedLog missing = new RateLimitedLog(AsyncCheck.class);

    private final AtomicBoolean logged = new AtomicBoolean();

    /** Called for each request that cannot wait. */
    void missing(HttpServletRequest request) {
        if (logged.compareAndSet(false, true)) {
            missing.error(
                    "requests are answered 500: a filter before the SocketIoFilter, or the SocketIoFilter itself, is "
                            + "registered without async support, so that no poll can wait for a message. Set asyncSupported to true "
                            + "(<async-supported>, @WebFilter, FilterRegistration.setAsyncSupported) for the one that lacks it, of: "
                            + candidates(request));
        }
    }

    /** Returns the names of all filters, and of the servlet: no container tells which of them supports it. */
    private static String candidates(HttpServletRequest request) {
        StringJoiner names = new StringJoiner(", ");
        ServletContext context = request.getServletContext();
        for (Map.Entry<String, ? extends jakarta.servlet.FilterRegistration> filter :
                context.getFilterRegistrations().entrySet()) {
            names.add("filter " + filter.getKey() + " (" + filter.getValue().getClassName() + ")");
        }
        return names.add("servlet " + request.getHttpServletMapping().getServletName())
                .toString();
    }
}
