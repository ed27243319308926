package io.everwire.protocol.eio3;

import io.everwire.protocol.Claim;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Exchange;
import io.everwire.protocol.Generation;
import io.everwire.protocol.Packet;
import io.everwire.protocol.Refusal;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.Session;
import io.everwire.protocol.SessionListener;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.text.Query;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Engine.IO 2 and 3 with Socket.IO protocol 4: clients 1.0 to 2.5. The bytes are on the wire card ({@code
 * package-info}).
 */
public final class Eio3 implements Generation {
    static final String POLLING = "polling";
    static final String WEBSOCKET = "websocket";

    /** The name of JSON-P in options, as the clients call it. On the wire it is polling with a parameter {@code j}. */
    static final String JSONP = "jsonp-polling";

    /**
     * The one value of {@code EIO} that is another generation; the reference takes all others for 3 (engine.io 6.6.12,
     * verify).
     */
    private static final String OTHER_VERSION = "4";

    private static final Claim OPEN = new Claim.Open();

    @Override
    public String name() {
        return "eio3";
    }

    /**
     * Claims {@code /?EIO=3&transport=polling} and similar requests, also without {@code EIO}. A request without {@code
     * sid} opens a session; everything else resumes one. With our parameters the path below the server's does not
     * matter, as in the reference: devices write {@code /1/} or a name between path and query.
     */
    @Override
    public @Nullable Claim claim(RequestHead head, String rest, SessionOptions options) {
        String version = Query.value(rest, "EIO");
        String transport = Query.value(rest, "transport");
        if (!isOurs(rest, version, transport)) {
            return null;
        }
        String sid = Query.value(rest, "sid");
        // An empty sid is no sid, as in JavaScript.
        Claim claim = sid == null || sid.isEmpty() ? OPEN : new Claim.Resume(sid);
        Refusal refusal = refusal(head, rest, transport, claim instanceof Claim.Resume, options);
        return refusal == null ? claim : new Claim.Refuse(refusal);
    }

    @Override
    public void refuse(Exchange exchange, Refusal refusal, @Nullable String message) {
        Eio3Responses.refuse(exchange, refusal, message);
    }

    /** The first request also shows the client's dialect and its way of polling. */
    @Override
    public Session open(String sid, RequestHead head, SessionListener listener, SessionOptions options, long now) {
        return new Eio3Session(sid, head, listener, options, Eio3SocketIo::new);
    }

    @Override
    public boolean acks() {
        return true;
    }

    @Override
    public Set<String> transports() {
        return Set.of(POLLING, WEBSOCKET, JSONP);
    }

    /** JSON-P is off by default: a page of any origin can read its responses. */
    @Override
    public Set<String> withheld() {
        return Set.of(JSONP);
    }

    @Override
    public Generation engine() {
        return new Eio3Engine(this);
    }

    @Override
    public Encoded encode(Packet packet) {
        return Eio3Encoder.encode(packet);
    }

    /**
     * Returns whether a request is of this generation. Behind a longer path, queries of older generations may contain
     * anything, so a transport must be one of ours.
     */
    private static boolean isOurs(String rest, @Nullable String version, @Nullable String transport) {
        return !OTHER_VERSION.equals(version)
                && (rest.equals("/")
                        || rest.startsWith("/?")
                        || version != null
                        || POLLING.equals(transport)
                        || WEBSOCKET.equals(transport));
    }

    /**
     * Returns the reason to reject a request, or null. The order of the checks is that of {@code verify} in engine.io
     * 6.6.12: it decides which error a client receives.
     */
    private static @Nullable Refusal refusal(
            RequestHead head, String rest, @Nullable String transport, boolean resumes, SessionOptions options) {
        boolean webSocket = WEBSOCKET.equals(transport);
        if (transport == null || !isServed(transport, rest, options)) {
            return Refusal.UNKNOWN_TRANSPORT;
        }
        // Context INVALID_ORIGIN of engine.io 6.6.12.
        if (!isHeaderText(head.header("Origin"))) {
            return Refusal.BAD_REQUEST;
        }
        if (resumes) {
            // The session checks plain requests itself; it never sees the head of a WebSocket.
            return head.upgrade() && !webSocket ? Refusal.BAD_REQUEST : null;
        }
        if (!head.method().equals("GET")) {
            return Refusal.BAD_METHOD;
        }
        return webSocket == head.upgrade() ? null : Refusal.BAD_REQUEST;
    }

    /** Returns whether the options serve the transport of a request. Polling with a parameter {@code j} is JSON-P. */
    private static boolean isServed(String transport, String rest, SessionOptions options) {
        if (transport.equals(POLLING) && Query.value(rest, "j") != null) {
            return options.serves(JSONP);
        }
        return (transport.equals(POLLING) || transport.equals(WEBSOCKET)) && options.serves(transport);
    }

    /**
     * Returns whether {@code value} may be part of a header (RFC 9110, section 5.5): HTAB, visible ASCII with space,
     * and the upper half of Latin-1.
     */
    private static boolean isHeaderText(@Nullable String value) {
        for (int i = 0; value != null && i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != '\t' && (c < ' ' || c == 0x7F || c > 0xFF)) {
                return false;
            }
        }
        return true;
    }
}
