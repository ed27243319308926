package io.everwire.engine;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An entry in a list of origins or hosts. In lower case.
 *
 * @param scheme null for every scheme
 * @param host a host; {@code *.example.com} for all hosts below {@code example.com}; {@code *} for every host; empty for
 *     the schemes whose origins have none
 * @param port a number; {@code *} for every port; empty for the schemes that have none
 */
record OriginPattern(@Nullable String scheme, String host, String port) {
    private static final String FORMS =
            " is none of *, null, scheme://host[:port] and host:port (with * for host or port,"
                    + " and *.example.com for all hosts below)";

    /** Stands for the missing port behind a colon. It is no port, and no option lists it. */
    private static final String NO_PORT = ":";

    /** The origin of pages that have none. */
    static final OriginPattern OPAQUE = new OriginPattern(null, "null", "");

    /** Every page, also those without an origin. */
    static final OriginPattern EVERY = new OriginPattern(null, "*", "*");

    /**
     * Parses an entry of {@code origins}.
     *
     * @throws IllegalArgumentException if it has none of the forms, or no browser sends such an origin
     */
    static OriginPattern of(String entry) {
        String normal = entry.toLowerCase(Locale.ROOT);
        if (normal.equals("*") || normal.equals("*:*")) {
            return EVERY;
        }
        if (normal.equals("null")) {
            return OPAQUE;
        }
        int end = normal.indexOf("://");
        String scheme = end < 0 ? null : normal.substring(0, end);
        OriginPattern pattern = of(scheme, end < 0 ? normal : normal.substring(end + 3));
        boolean valid = scheme == null
                ? !pattern.port.isEmpty()
                : scheme.matches("[a-z][a-z0-9+.-]*") && (!pattern.host.isEmpty() || !isWeb(scheme));
        if (!valid || !pattern.isPossible()) {
            throw new IllegalArgumentException("origins: \"" + entry + "\"" + FORMS);
        }
        return pattern;
    }

    /**
     * Parses an entry of {@code allowedHosts}: {@code host} for each port, or {@code host:port}.
     *
     * @throws IllegalArgumentException if it has none of the forms
     */
    static OriginPattern ofHost(String entry) {
        OriginPattern pattern = of(null, entry.toLowerCase(Locale.ROOT));
        OriginPattern each = pattern.port.isEmpty() ? new OriginPattern(null, pattern.host, "*") : pattern;
        if (each.host.equals("*") || !each.isPossible()) {
            throw new IllegalArgumentException(
                    "allowedHosts: \"" + entry + "\" is none of host, host:port and *.example.com for all hosts below");
        }
        return each;
    }

    /** Parses the origin of a page, or returns null if it has none. */
    static @Nullable OriginPattern ofPage(String origin) {
        String normal = origin.toLowerCase(Locale.ROOT);
        int end = normal.indexOf("://");
        if (end <= 0) {
            return null;
        }
        OriginPattern page = of(normal.substring(0, end), normal.substring(end + 3));
        for (int i = 0; i < page.host.length(); i++) {
            if ("/?#@\\*, ".indexOf(page.host.charAt(i)) >= 0) {
                return null;
            }
        }
        return page.host.isEmpty() && isWeb(normal.substring(0, end)) ? null : page;
    }

    /** Parses the value of a {@code Host}. Its port is empty if it has none. */
    static OriginPattern ofHeader(String host) {
        return of(null, host.toLowerCase(Locale.ROOT));
    }

    /** Returns whether it lists a page or host. */
    boolean lists(OriginPattern other) {
        return (scheme == null || scheme.equals(other.scheme))
                && (port.equals("*") || port.equals(other.port))
                && (host.equals("*")
                        || host.equals(other.host)
                        || (host.startsWith("*.") && other.host.endsWith(host.substring(1))));
    }

    /** Returns whether it names hosts: {@code *} and {@code null} do not. */
    boolean namesHosts() {
        return !host.equals("*") && !equals(OPAQUE);
    }

    /**
     * Returns whether this page is of the server that was reached as {@code reached}. The scheme does not count: behind
     * a proxy that ends TLS the server cannot know its own. Therefore the default ports of both schemes are one port.
     */
    boolean isOf(OriginPattern reached) {
        return scheme != null
                && isWeb(scheme)
                && !host.isEmpty()
                && host.equals(reached.host)
                && (port.equals(reached.port) || (isDefault(port) && isDefault(reached.port)));
    }

    /** Returns the entry in the form that {@link #of} parses. */
    @Override
    public String toString() {
        String authority = port.isEmpty() ? host : host + ":" + port;
        return scheme == null ? equals(EVERY) ? "*" : authority : scheme + "://" + authority;
    }

    private static boolean isDefault(String port) {
        return port.isEmpty() || port.equals("80") || port.equals("443");
    }

    private static String defaultPort(String scheme) {
        boolean secure = scheme.equals("https") || scheme.equals("wss");
        return !isWeb(scheme) ? "" : secure ? "443" : "80";
    }

    private static boolean isWeb(String scheme) {
        return scheme.equals("http") || scheme.equals("https") || scheme.equals("ws") || scheme.equals("wss");
    }

    /** A colon inside the brackets of an IPv6 address does not begin a port. */
    private static OriginPattern of(@Nullable String scheme, String authority) {
        int colon = authority.lastIndexOf(':');
        if (colon > authority.lastIndexOf(']')) {
            String port = authority.substring(colon + 1);
            return new OriginPattern(scheme, authority.substring(0, colon), port.isEmpty() ? NO_PORT : port);
        }
        return new OriginPattern(scheme, authority, scheme == null ? "" : defaultPort(scheme));
    }

    /** Returns whether a browser can send such a host and port: names are ASCII, a star stands for whole labels. */
    private boolean isPossible() {
        String name = host.startsWith("*.") ? host.substring(2) : host.equals("*") ? "x" : host;
        boolean named = (scheme == null || isWeb(scheme))
                ? name.matches("[a-z0-9._-]+|\\[[0-9a-f:.]+]")
                : name.matches("[\\x21-\\x7E&&[^/?#@*\\\\:]]*");
        return named
                && (port.isEmpty()
                        || port.equals("*")
                        || (port.matches("[1-9][0-9]{0,4}") && Integer.parseInt(port) <= 65_535));
    }
}
