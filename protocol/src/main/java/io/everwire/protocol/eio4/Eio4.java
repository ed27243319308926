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

/** Engine.IO 4 with Socket.IO protocol 5: what the clients 3.x and 4.x speak. The bytes are on the package's wire card. */
public final class Eio4 implements Generation {
    /** The value of {@code EIO} that is this wire (engine.io 6.6: every other value means 3). */
    static final String VERSION = "4";

    static final String POLLING = "polling";
    static final String WEBSOCKET = "websocket";

    private static final Claim OPEN = new Claim.Open();

    @Override
    public String name() {
        return "eio4";
    }

    @Override
    public @Nullable Claim claim(RequestHead head, String rest, SessionOptions options) {
        if (!isOurs(rest)) {
            return null;
        }
        String sid = Query.value(rest, "sid");
        Claim claim = sid == null || sid.isEmpty() ? OPEN : new Claim.Resume(sid);
        Refusal refusal = refusal(head, rest, claim instanceof Claim.Resume, options);
        return refusal == null ? claim : new Claim.Refuse(refusal);
    }

    @Override
    public void refuse(Exchange exchange, Refusal refusal, @Nullable String message) {
        Eio4Responses.refuse(exchange, refusal, message);
    }

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

    /** Below the server's path, any path will do, as in the reference; but without our parameters it is the application's. */
    private static boolean isOurs(String rest) {
        return rest.equals("/")
                || rest.startsWith("/?")
                || Query.value(rest, "transport") != null
                || Query.value(rest, "EIO") != null;
    }

    /** The order of the checks is that of engine.io 6.6.12, {@code verify}: it decides which error a client hears of. */
    private static @Nullable Refusal refusal(RequestHead head, String rest, boolean resumes, SessionOptions options) {
        String transport = Query.value(rest, "transport");
        boolean webSocket = WEBSOCKET.equals(transport);
        if (transport == null || !(webSocket || transport.equals(POLLING)) || !options.serves(transport)) {
            return Refusal.UNKNOWN_TRANSPORT;
        }
        if (!isHeaderText(head.header("Origin"))) {
            return Refusal.BAD_REQUEST;
        }
        boolean versionFits = VERSION.equals(Query.value(rest, "EIO"));
        if (resumes) {
            // Of plain requests the session judges; it never sees the head of a WebSocket.
            return head.upgrade() && !(webSocket && versionFits) ? Refusal.BAD_REQUEST : null;
        }
        if (!head.method().equals("GET")) {
            return Refusal.BAD_METHOD;
        }
        // The reference notices a WebSocket for polling too late to refuse it: it accepts and closes.
        if (webSocket != head.upgrade()) {
            return Refusal.BAD_REQUEST;
        }
        return versionFits ? null : Refusal.UNSUPPORTED_VERSION;
    }

    /** What may stand in a header (RFC 9110, section 5.5): HTAB, visible ASCII with space, and the upper half of Latin-1. */
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
