package io.everwire.engine;

import io.everwire.protocol.Exchange;
import io.everwire.protocol.RequestHead;

/** Cross-origin requests, judged in one place for every transport: polling, streams and WebSockets alike. */
final class Cors {
    private static final String METHODS = "GET,POST,OPTIONS";
    private static final String PREFLIGHT = "Access-Control-Request-Method";

    private final Origins origins;

    Cors(Origins origins) {
        this.origins = origins;
    }

    /** Whether the request is a browser's question what it may send. */
    static boolean isPreflight(RequestHead head) {
        return head.method().equals("OPTIONS") && head.header(PREFLIGHT) != null;
    }

    /**
     * Decides whether the page that sent the request may do so, and adds to the answer what its browser wants to read
     * there. The origin is echoed, never {@code *}, which browsers refuse together with credentials.
     */
    boolean admit(Exchange exchange) {
        RequestHead head = exchange.head();
        String origin = head.header("Origin");
        if (origin == null) {
            return true;
        }
        String host = head.header("Host");
        Origins.Verdict verdict = origins.judge(origin, host == null ? "" : host);
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

    /** Only visible ASCII goes back into a header. */
    private static boolean isPrintable(String value) {
        return value.chars().allMatch(c -> c >= 0x20 && c < 0x7F);
    }
}
