package io.everwire.engine;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which pages may use the server: those of its own origin always, others only if they are listed.
 *
 * <p>An entry is {@code *} for everybody; a whole origin such as {@code https://chat.example.com}; or, as in 2010,
 * {@code host:port} with {@code *} for either. The origin {@code null} of local files and sandboxed frames is listed as
 * {@code null}. Requests without an {@code Origin} do not come from a page that could misuse a visitor's cookies, and pass.
 */
public final class Origins {
    /** Only pages of the server's own origin. */
    public static final Origins SAME = new Origins(Set.of());

    private final Set<String> allowed;

    private Origins(Set<String> allowed) {
        this.allowed = allowed;
    }

    /**
     * The server's own origin and those listed.
     *
     * @throws IllegalArgumentException if an entry has none of the forms above
     */
    public static Origins of(List<String> entries) {
        return new Origins(entries.stream().map(Origins::checked).collect(Collectors.toUnmodifiableSet()));
    }

    /** What is listed, in the forms above, in lower case, a whole origin with its port; in alphabetical order. */
    public List<String> entries() {
        return allowed.stream().sorted().toList();
    }

    /** What a page may do. */
    enum Verdict {
        /** Nothing. */
        REFUSED,
        /** Talk to the server, without reading answers to requests that carried its visitor's cookies. */
        ANONYMOUS,
        /** Talk to the server. */
        TRUSTED
    }

    /**
     * Judges a page of {@code origin} that reached the server as {@code host}. Only a page that is listed by its host is
     * trusted: {@code *} and {@code *:port} list none, and any page can give itself the origin {@code null}.
     */
    Verdict judge(String origin, String host) {
        String normal = withPort(origin.toLowerCase(Locale.ROOT));
        int scheme = normal.indexOf("://");
        String authority = scheme < 0 ? "" : normal.substring(scheme + 3);
        if (scheme >= 0 && (sameHost(normal, authority, host) || listed(normal, authority))) {
            return Verdict.TRUSTED;
        }
        return everybody(normal, authority) || isHost(normal, host) ? Verdict.ANONYMOUS : Verdict.REFUSED;
    }

    /**
     * Whether the origin is the host itself, without a scheme. No page has such an origin, but for {@code null}; it is what the
     * WebSocket library of the official Node client 0.9 (ws 0.4) sends.
     */
    private static boolean isHost(String origin, String host) {
        return !host.isEmpty() && !origin.equals("null") && origin.equalsIgnoreCase(host);
    }

    /**
     * Whether {@code origin} names the very host and port in {@code host}. The scheme does not count: behind a proxy that
     * ends TLS the server cannot know its own.
     */
    private static boolean sameHost(String origin, String authority, String host) {
        return !host.isEmpty() && authority.equalsIgnoreCase(withPort(host, defaultPort(origin)));
    }

    private boolean listed(String origin, String authority) {
        String anyPort = authority.substring(0, authority.lastIndexOf(':')) + ":*";
        return allowed.contains(origin)
                || (!authority.startsWith("*") && (allowed.contains(authority) || allowed.contains(anyPort)));
    }

    private boolean everybody(String origin, String authority) {
        return allowed.contains("*")
                || allowed.contains("*:*")
                || (origin.equals("null") && allowed.contains("null"))
                || (!authority.isEmpty() && allowed.contains("*" + authority.substring(authority.lastIndexOf(':'))));
    }

    private static String defaultPort(String origin) {
        return origin.startsWith("https") || origin.startsWith("wss") ? "443" : "80";
    }

    /** A whole origin with its port, even if it is the scheme's own; anything else as it stands. */
    private static String withPort(String origin) {
        int scheme = origin.indexOf("://");
        return scheme < 0
                ? origin
                : origin.substring(0, scheme + 3) + withPort(origin.substring(scheme + 3), defaultPort(origin));
    }

    /** The colons inside the brackets of an IPv6 address are not the one before a port. */
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
