package io.everwire.engine;

import io.everwire.protocol.Exchange;
import io.everwire.protocol.RequestHead;
import org.jspecify.annotations.Nullable;

/** Checks cross-origin requests, in one place for all transports: polling, streams and WebSockets. */
final class Cors {
    private static final String METHODS = "GET,POST,OPTIONS";
    private static final String PREFLIGHT = "Access-Control-Request-Method";

    private final Origins origins;

    Cors(Origins origins) {
        this.origins = origins;
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
        if (origin == null) {
            return admitWithoutOrigin(head);
        }
        Origins.Verdict verdict = judge(origin, head);
        exchange.header("Vary", "Origin");
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
     * Browsers send no {@code Origin} when a page loads a script or a frame, as the oldest transports do. They may
     * report the page's address in {@code Referer}, or that it belongs to another site (Fetch Metadata). A request
     * without both is admitted: most likely no page sent it.
     */
    private boolean admitWithoutOrigin(RequestHead head) {
        String referer = head.header("Referer");
        String page = referer == null ? null : origin(referer);
        if (page == null) {
            page = "cross-site".equals(head.header("Sec-Fetch-Site")) ? "null" : null;
        }
        return page == null || judge(page, head) != Origins.Verdict.REFUSED;
    }

    private Origins.Verdict judge(String origin, RequestHead head) {
        String host = head.header("Host");
        return origins.judge(origin, host == null ? "" : host);
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
