package io.everwire.protocol.eio4;

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
 * Engine.IO 4 with Socket.IO protocol 5: clients 3.x and 4.x. The bytes are on the wire card ({@code package-info}).
 */
public final class Eio4 implements Generation {
    /** The value of {@code EIO} for this generation (engine.io 6.6: every other value means 3). */
    static final String VERSION = "4";

    static final String POLLING = "polling";
    static final String WEBSOCKET = "websocket";

    private static final Claim OPEN = new Claim.Open();

    @Override
    public String name() {
        return "eio4";
    }

    /**
     * Claims {@code /?EIO=4&transport=polling} and similar requests. A request without {@code sid} opens a session;
     * everything else resumes one. The path below the server's path does not matter.
     */
    @Override
    public @Nullable Claim claim(RequestHead head, String rest, SessionOptions options) {
        if (!isOurs(rest)) {
            return null;
        }
        String sid = Query.value(rest, "sid");
        // An empty sid is no sid, as in JavaScript.
        Claim claim = sid == null || sid.isEmpty() ? OPEN : new Claim.Resume(sid);
        Refusal refusal = refusal(head, rest, claim instanceof Claim.Resume, options);
        return refusal == null ? claim : new Claim.Refuse(refusal);
    }

    @Override
    public void refuse(Exchange exchange, Refusal refusal, @Nullable String message) {
        Eio4Responses.refuse(exchange, refusal, message);
    }

    /** The parser of the client is not known yet: its first message decides. */
    @Override
    public Session open(String sid, RequestHead head, SessionListener listener, SessionOptions options, long now) {
        return new Eio4Session(sid, head, listener, options, new Eio4UndecidedParser(options));
    }

    @Override
    public boolean acks() {
        return true;
    }

    @Override
    public boolean recovers() {
        return true;
    }

    @Override
    public Set<String> transports() {
        return Set.of(POLLING, WEBSOCKET);
    }

    @Override
    public Set<String> parsers() {
        return Set.of(Eio4UndecidedParser.DEFAULT, Eio4UndecidedParser.MSGPACK);
    }

    @Override
    public Generation engine() {
        return new Eio4Engine(this);
    }

    @Override
    public Encoded encode(Packet packet) {
        return Eio4Encoder.encode(packet);
    }

    /**
     * Returns whether a request is of this generation. Below the server's path any path is accepted, as in the
     * reference; but a request without our parameters is left to the application.
     */
    private static boolean isOurs(String rest) {
        return rest.equals("/")
                || rest.startsWith("/?")
                || Query.value(rest, "transport") != null
                || Query.value(rest, "EIO") != null;
    }

    /**
     * Returns the reason to reject a request, or null. The order of the checks is that of {@code verify} in engine.io
     * 6.6.12: it decides which error a client receives.
     */
    private static @Nullable Refusal refusal(RequestHead head, String rest, boolean resumes, SessionOptions options) {
        String transport = Query.value(rest, "transport");
        boolean webSocket = WEBSOCKET.equals(transport);
        if (transport == null || !(webSocket || transport.equals(POLLING)) || !options.serves(transport)) {
            return Refusal.UNKNOWN_TRANSPORT;
        }
        // Context INVALID_ORIGIN of engine.io 6.6.12.
        if (!isHeaderText(head.header("Origin"))) {
            return Refusal.BAD_REQUEST;
        }
        boolean versionFits = VERSION.equals(Query.value(rest, "EIO"));
        if (resumes) {
            // The session checks plain requests itself; it never sees the head of a WebSocket.
            return head.upgrade() && !(webSocket && versionFits) ? Refusal.BAD_REQUEST : null;
        }
        if (!head.method().equals("GET")) {
            return Refusal.BAD_METHOD;
        }
        // The reference notices a WebSocket with transport=polling too late to reject it: it accepts and closes.
        if (webSocket != head.upgrade()) {
            return Refusal.BAD_REQUEST;
        }
        return versionFits ? null : Refusal.UNSUPPORTED_VERSION;
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
