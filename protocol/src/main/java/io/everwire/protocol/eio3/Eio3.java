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

/** Engine.IO 2 and 3: what the clients 1.0 to 2.5 speak. The bytes are on the package's wire card. */
public final class Eio3 implements Generation {
    static final String POLLING = "polling";
    static final String WEBSOCKET = "websocket";

    /** On the wire JSON-P is polling with a {@code j}; to be switched, it has the name that the clients give it. */
    static final String JSONP = "jsonp-polling";

    /** The one value of {@code EIO} that is another wire; the reference takes all others for 3 (engine.io 6.6.12, verify). */
    private static final String OTHER_VERSION = "4";

    private static final Claim OPEN = new Claim.Open();

    @Override
    public String name() {
        return "eio3";
    }

    @Override
    public @Nullable Claim claim(RequestHead head, String rest, SessionOptions options) {
        // No client puts anything between the path and the query; older generations do, and their queries are free.
        boolean bare = rest.equals("/") || rest.startsWith("/?");
        if (!bare || OTHER_VERSION.equals(Query.value(rest, "EIO"))) {
            return null;
        }
        String transport = Query.value(rest, "transport");
        String sid = Query.value(rest, "sid");
        Claim claim = sid == null || sid.isEmpty() ? OPEN : new Claim.Resume(sid);
        Refusal refusal = refusal(head, rest, transport, claim instanceof Claim.Resume, options);
        return refusal == null ? claim : new Claim.Refuse(refusal);
    }

    @Override
    public void refuse(Exchange exchange, Refusal refusal, @Nullable String message) {
        Eio3Responses.refuse(exchange, refusal, message);
    }

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

    /** The order of the checks is that of engine.io 6.6.12, {@code verify}: it decides which error a client hears of. */
    private static @Nullable Refusal refusal(
            RequestHead head, String rest, @Nullable String transport, boolean resumes, SessionOptions options) {
        boolean webSocket = WEBSOCKET.equals(transport);
        if (transport == null || !isServed(transport, rest, options)) {
            return Refusal.UNKNOWN_TRANSPORT;
        }
        if (!isHeaderText(head.header("Origin"))) {
            return Refusal.BAD_REQUEST;
        }
        if (resumes) {
            // Of plain requests the session judges; it never sees the head of a WebSocket.
            return head.upgrade() && !webSocket ? Refusal.BAD_REQUEST : null;
        }
        if (!head.method().equals("GET")) {
            return Refusal.BAD_METHOD;
        }
        return webSocket == head.upgrade() ? null : Refusal.BAD_REQUEST;
    }

    private static boolean isServed(String transport, String rest, SessionOptions options) {
        if (transport.equals(POLLING) && Query.value(rest, "j") != null) {
            return options.serves(JSONP);
        }
        return (transport.equals(POLLING) || transport.equals(WEBSOCKET)) && options.serves(transport);
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
