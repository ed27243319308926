package io.everwire.engine;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The pages that may use the server: pages of its own origin always, others only if they are listed.
 *
 * <p>An entry is {@code *} for all pages; a whole origin such as {@code https://chat.example.com}; or, as in socket.io
 * 0.6, {@code host:port} with {@code *} for either. The origin {@code null} of local files and sandboxed frames is
 * listed as {@code null}. Requests without an {@code Origin} do not come from a page that could misuse a visitor's
 * cookies, and are accepted.
 */
public final class Origins {
    /** Allows only pages of the server's own origin. */
    public static final Origins SAME = new Origins(Set.of());

    private final Set<String> allowed;

    private Origins(Set<String> allowed) {
        this.allowed = allowed;
    }

    /**
     * Allows pages of the server's own origin and of the listed ones.
     *
     * @throws IllegalArgumentException if an entry has none of the forms above
     */
    public static Origins of(List<String> entries) {
        return new Origins(entries.stream().map(Origins::checked).collect(Collectors.toUnmodifiableSet()));
    }

    /** Returns the entries in alphabetical order, in lower case, a whole origin with its port. */
    public List<String> entries() {
        return allowed.stream().sorted().toList();
    }

    /** The rights of a page. */
    enum Verdict {
        /** The page may not use the server. */
        REFUSED,
        /** The page may use the server, but not read responses to requests with its visitor's cookies. */
        ANONYMOUS,
        /** The page may use the server. */
        TRUSTED
    }

    /**
     * Returns the rights of a page of {@code origin} that reached the server as {@code host}. Only a page that is
     * listed by its host is trusted: {@code *} and {@code *:port} name no host, and any page can give itself the origin
     * {@code null}.
     */
    Verdict judge(String origin, String host) {
        String normal = withPort(origin.toLowerCase(Locale.ROOT));
        int scheme = normal.indexOf("://");
        String authority = scheme < 0 ? "" : normal.substring(scheme + 3);
        if (scheme >= 0 && (sameHost(normal, authority, host) || listed(normal, authority))) {
            return Verdict.TRUSTED;
        }
        return everyPage(normal, authority) || isHost(normal, host) ? Verdict.ANONYMOUS : Verdict.REFUSED;
    }

    /**
     * Returns whether the origin is the host itself, without a scheme. No page has such an origin, except for
     * {@code null}. The WebSocket library of the official Node client 0.9 (ws 0.4) sends it.
     */
    private static boolean isHost(String origin, String host) {
        return !host.isEmpty() && !origin.equals("null") && origin.equalsIgnoreCase(host);
    }

    /**
     * Returns whether {@code origin} names the same host and port as {@code host}. The scheme does not count: behind a
     * proxy that ends TLS the server cannot know its own.
     */
    private static boolean sameHost(String origin, String authority, String host) {
        return !host.isEmpty() && authority.equalsIgnoreCase(withPort(host, defaultPort(origin)));
    }

    private boolean listed(String origin, String authority) {
        String anyPort = authority.substring(0, authority.lastIndexOf(':')) + ":*";
        return allowed.contains(origin)
                || (!authority.startsWith("*") && (allowed.contains(authority) || allowed.contains(anyPort)));
    }

    private boolean everyPage(String origin, String authority) {
        return allowed.contains("*")
                || allowed.contains("*:*")
                || (origin.equals("null") && allowed.contains("null"))
                || (!authority.isEmpty() && allowed.contains("*" + authority.substring(authority.lastIndexOf(':'))));
    }

    private static String defaultPort(String origin) {
        return origin.startsWith("https") || origin.startsWith("wss") ? "443" : "80";
    }

    /** Returns a whole origin with its port, even if it is the scheme's default; anything else unchanged. */
    private static String withPort(String origin) {
        int scheme = origin.indexOf("://");
        return scheme < 0
                ? origin
                : origin.substring(0, scheme + 3) + withPort(origin.substring(scheme + 3), defaultPort(origin));
    }

    /** A colon inside the brackets of an IPv6 address does not begin a port. */
    private static String withPort(String authority, String port) {
        return authority.lastIndexOf(':') > authority.lastIndexOf(']') ? authority : authority + ":" + port;
    }

    private static String checked(String entry) {
        String normal = entry.toLowerCase(Locale.ROOT);
        boolean whole = normal.matches("[a-z][a-z0-9+.-]*://[^/\\s]+");
        boolean hostAndPort = normal.matches("[^/\\s]+:([0-9]{1,5}|\\*)");
        if (!normal.equals("*") && !normal.equals("null") && !whole && !hostAndPort) {
            throw new IllegalArgumentException("origins: \"" + entry
                    + "\" is none of *, null, scheme://host[:port] and host:port (with * for either)");
        }
        return withPort(normal);
    }
}
