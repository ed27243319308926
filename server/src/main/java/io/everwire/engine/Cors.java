package io.everwire.engine;

import io.everwire.protocol.Exchange;
import io.everwire.protocol.RequestHead;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Checks the pages and hosts of requests, in one place for all transports: polling, streams and WebSockets. */
final class Cors {
    private static final String METHODS = "GET,POST,OPTIONS";
    private static final String PREFLIGHT = "Access-Control-Request-Method";

    /** The relation of the page to the server: {@code same-origin}, {@code same-site}, {@code cross-site}, {@code none}. */
    private static final String SITE = "Sec-Fetch-Site";

    private final Origins origins;
    private final TrustedProxies proxies;
    private final RejectionLog rejections;

    /** @param clock milliseconds that only move forward */
    Cors(Origins origins, TrustedProxies proxies, LongSupplier clock) {
        this.origins = origins;
        this.proxies = proxies;
        this.rejections = new RejectionLog(clock);
    }

    /** Returns whether the request is a browser's preflight. */
    static boolean isPreflight(RequestHead head) {
        return head.method().equals("OPTIONS") && head.header(PREFLIGHT) != null;
    }

    /**
     * Returns whether the page that sent the request may do so, and adds the headers that its browser expects to the
     * response. The origin is echoed; {@code *} is never sent, because browsers reject it together with credentials.
     */
    boolean admit(Exchange exchange) {
        RequestHead head = exchange.head();
        String origin = head.header("Origin");
        if (origin != null) {
            exchange.header("Vary", "Origin");
        }
        if (!isAllowedHost(head)) {
            return false;
        }
        if (origin == null) {
            return admitWithoutOrigin(head);
        }
        // A browser compares the addresses that it knows; behind a proxy, the server may know others.
        boolean own = "same-origin".equals(head.header(SITE));
        Origins.Verdict verdict = own ? Origins.Verdict.TRUSTED : judge(origin, head);
        if (verdict == Origins.Verdict.REFUSED || !isPrintable(origin)) {
            return false;
        }
        exchange.header("Access-Control-Allow-Origin", origin);
        if (verdict == Origins.Verdict.TRUSTED) {
            exchange.header("Access-Control-Allow-Credentials", "true");
        }
        if (isPreflight(head)) {
            exchange.header("Access-Control-Allow-Methods", METHODS);
            String headers = head.header("Access-Control-Request-Headers");
            if (headers != null && isPrintable(headers)) {
                exchange.header("Access-Control-Allow-Headers", headers);
            }
        }
        return true;
    }

    /**
     * Judges a request for a script, an image or a frame, for which browsers send no {@code Origin}. The browser may
     * state the relation of the page to the server (Fetch Metadata) or the address of the page ({@code Referer}). A
     * page can suppress the second, and browsers send the first only over TLS and to the own machine. A browser's
     * request without both is therefore one of a page without an origin.
     */
    private boolean admitWithoutOrigin(RequestHead head) {
        String site = head.header(SITE);
        if (site != null && (site.equals("same-origin") || site.equals("none"))) {
            return true;
        }
        String referer = head.header("Referer");
        String page = referer == null ? null : origin(referer);
        if (site != null) {
            // The server's own address does not count: it may have come from there by a redirect of another site.
            return judge(page == null ? "null" : page, List.of()) != Origins.Verdict.REFUSED;
        }
        if (page == null && (head.upgrade() || !isBrowser(head))) {
            return true;
        }
        return judge(page == null ? "null" : page, head) != Origins.Verdict.REFUSED;
    }

    /**
     * Returns whether a browser sent the request. All browsers call themselves Mozilla, except for Opera until 2013; a
     * page cannot change the name. Browsers send an {@code Origin} with every WebSocket.
     */
    private static boolean isBrowser(RequestHead head) {
        String program = head.header("User-Agent");
        return program != null && (program.startsWith("Mozilla/") || program.startsWith("Opera/"));
    }

    private Origins.Verdict judge(String origin, RequestHead head) {
        return judge(origin, proxies.hosts(head));
    }

    private Origins.Verdict judge(String origin, List<String> reached) {
        try {
            Origins.Verdict verdict = origins.judge(origin, reached);
            if (verdict == Origins.Verdict.REFUSED) {
                rejections.page(origin, reached);
            }
            return verdict;
        } catch (RuntimeException e) {
            rejections.filter(origin, e);
            return Origins.Verdict.REFUSED;
        }
    }

    /** Behind a trusted proxy, both the host that it asked for and the one that it was asked for must be allowed. */
    private boolean isAllowedHost(RequestHead head) {
        String host = head.header("Host");
        String nearest = proxies.nearestHost(head);
        boolean allowed = origins.isAllowedHost(host) && (nearest == null || origins.isAllowedHost(nearest));
        if (!allowed) {
            rejections.host(host, nearest);
        }
        return allowed;
    }

    /** Returns the origin of a page's address, or null if it has none. */
    private static @Nullable String origin(String address) {
        int authority = address.indexOf("://") + 3;
        if (authority < 3) {
            return null;
        }
        int end = authority;
        while (end < address.length() && "/?#".indexOf(address.charAt(end)) < 0) {
            end++;
        }
        return address.substring(0, end);
    }

    /** Returns whether the value is visible ASCII: nothing else is echoed in a header. */
    private static boolean isPrintable(String value) {
        return value.chars().allMatch(c -> c >= 0x20 && c < 0x7F);
    }
}
