package io.everwire.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Locale;

/** Checks at the start whether the container passes on the requests of clients of 2010, which write {@code //} into paths. */
final class DoubleSlashCheck {
    private static final String JETTY = "gen0: Jetty rejects the paths of 0.6 clients, which have a double slash. Set "
            + "HttpConfiguration.setUriCompliance(UriCompliance.LEGACY) for each connector and "
            + "ServletHandler.setDecodeAmbiguousURIs(true), or leave ServletOptions.gen0 off";

    private DoubleSlashCheck() {}

    /** @throws ServletException if the options ask for these clients and the container rejects them */
    static void check(ServletOptions options, ServletContext context) throws ServletException {
        if (options.gen0() && isJetty(context) && !isLenient(context)) {
            throw new ServletException(JETTY);
        }
    }

    private static boolean isJetty(ServletContext context) {
        String server = context.getServerInfo();
        return server != null && server.toLowerCase(Locale.ROOT).startsWith("jetty");
    }

    /** Asks Jetty by reflection: its packages have the version of the servlet API in their names. */
    private static boolean isLenient(ServletContext context) {
        try {
            Class<?> type = context.getClass();
            while (type.getEnclosingClass() != null) {
                type = type.getEnclosingClass();
            }
            Method lookup = type.getMethod("getServletContextHandler", ServletContext.class);
            Object handler = lookup.invoke(null, context);
            Object servlets = call(handler, "getServletHandler");
            boolean lenient = Boolean.TRUE.equals(call(servlets, "isDecodeAmbiguousURIs"));
            for (Object connector : (Object[]) call(call(handler, "getServer"), "getConnectors")) {
                for (Object factory : (Collection<?>) call(connector, "getConnectionFactories")) {
                    if (hasMethod(factory, "getHttpConfiguration")) {
                        lenient &= allowsEmptySegments(call(factory, "getHttpConfiguration"));
                    }
                }
            }
            return lenient;
        } catch (ReflectiveOperationException | RuntimeException unknown) {
            return false;
        }
    }

    private static boolean allowsEmptySegments(Object configuration) throws ReflectiveOperationException {
        Object compliance = call(configuration, "getUriCompliance");
        Object allowed = call(compliance, "getAllowed");
        return ((Collection<?>) allowed)
                .stream().anyMatch(violation -> violation.toString().contains("AMBIGUOUS_EMPTY_SEGMENT"));
    }

    private static boolean hasMethod(Object target, String name) {
        for (Method method : target.getClass().getMethods()) {
            if (method.getName().equals(name) && method.getParameterCount() == 0) {
                return true;
            }
        }
        return false;
    }

    private static Object call(Object target, String name) throws ReflectiveOperationException {
        return target.getClass().getMethod(name).invoke(target);
    }
}
