package io.everwire.engine;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The pages that may use the server: pages of its own origin always, others only if they are listed. Immutable.
 *
 * <p>An entry is {@code *} for all pages; a whole origin such as {@code https://chat.example.com}, {@code file://} or
 * {@code capacitor://localhost}; or, as in socket.io 0.6, {@code host:port}. In both, {@code *} stands for every host or
 * every port, and {@code *.example.com} for all hosts below {@code example.com}. The origin {@code null} of sandboxed
 * frames and some local files is listed as {@code null}.
 */
public final class Origins {
    /** Allows only pages of the server's own origin. */
    public static final Origins SAME = new Origins(List.of(), List.of(), null);

    private final List<OriginPattern> allowed;
    private final List<OriginPattern> hosts;
    private final @Nullable Predicate<? super String> filter;

    private Origins(
            List<OriginPattern> allowed, List<OriginPattern> hosts, @Nullable Predicate<? super String> filter) {
        this.allowed = allowed;
        this.hosts = hosts;
        this.filter = filter;
    }

    /**
     * Allows pages of the server's own origin and of the listed ones.
     *
     * @throws IllegalArgumentException if an entry has none of the forms above, or can never match
     */
    public static Origins of(List<String> entries) {
        return new Origins(entries.stream().map(OriginPattern::of).distinct().toList(), List.of(), null);
    }

    /**
     * Returns the same origins for a server that is reached as these hosts only; empty for every host.
     *
     * @throws IllegalArgumentException if an entry is not a host, with or without a port
     */
    public Origins withHosts(List<String> entries) {
        return new Origins(allowed, entries.stream().map(OriginPattern::ofHost).toList(), filter);
    }

    /** Returns the same origins with a filter for further ones. The filter receives the origin as sent. */
    public Origins withFilter(@Nullable Predicate<? super String> accepts) {
        return new Origins(allowed, hosts, accepts);
    }

    /** Returns the entries in alphabetical order, in lower case, a whole origin with its port. */
    public List<String> entries() {
        return allowed.stream().map(OriginPattern::toString).sorted().toList();
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

    /** Returns whether a request with this {@code Host}, null for none, reached a host of the server. */
    boolean isAllowedHost(@Nullable String host) {
        if (hosts.isEmpty()) {
            return true;
        }
        OriginPattern reached = host == null ? null : OriginPattern.ofHeader(host);
        return reached != null && hosts.stream().anyMatch(each -> each.lists(reached));
    }

    /**
     * Returns the rights of a page of {@code origin} that reached the server under one of these hosts. Only a page that
     * is listed by its host is trusted: {@code *} and {@code *:port} name no host, and any page can give itself the
     * origin {@code null}.
     */
    Verdict judge(String origin, List<String> reached) {
        OriginPattern page = OriginPattern.ofPage(origin);
        if (page != null) {
            for (String host : reached) {
                if (page.isOf(OriginPattern.ofHeader(host))) {
                    return Verdict.TRUSTED;
                }
            }
        }
        Verdict verdict = isHost(origin, reached) ? Verdict.ANONYMOUS : Verdict.REFUSED;
        for (OriginPattern entry : allowed) {
            boolean listed = entry.equals(OriginPattern.EVERY)
                    || (page == null
                            ? entry.equals(OriginPattern.OPAQUE) && origin.equals("null")
                            : !entry.equals(OriginPattern.OPAQUE) && entry.lists(page));
            if (listed && entry.namesHosts()) {
                return Verdict.TRUSTED;
            }
            verdict = listed ? Verdict.ANONYMOUS : verdict;
        }
        if (filter != null && filter.test(origin)) {
            return page == null ? Verdict.ANONYMOUS : Verdict.TRUSTED;
        }
        return verdict;
    }

    /**
     * Returns whether the origin is a host of the server, without a scheme. No page has such an origin, except for
     * {@code null}. The WebSocket library of the official Node client 0.9 (ws 0.4) sends it.
     */
    private static boolean isHost(String origin, List<String> reached) {
        return !origin.isEmpty() && !origin.equals("null") && reached.stream().anyMatch(origin::equalsIgnoreCase);
    }
}
