package io.everwire.protocol.gen1;

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
 * Generation 1: Socket.IO 0.7 to 0.9, "protocol 1". The bytes, the times and the differences from the original are on
 * the wire card ({@code package-info}).
 */
public final class Gen1 implements Generation {
    /** The response to {@code /socket.io/}, which monitoring systems request (manager.js of server 0.9.19). */
    private static final Claim WELCOME = new Claim.Answer(Gen1Responses.WELCOME);

    @Override
    public String name() {
        return "gen1";
    }

    /**
     * Claims requests whose first segment is a number: {@code /1/}, {@code /1/xhr-polling/SID}. A number other than 1
     * is claimed as well, because the original rejected it with words of this generation. So is {@code /} alone.
     */
    @Override
    public @Nullable Claim claim(RequestHead head, String rest, SessionOptions options) {
        if (rest.equals("/") && head.method().equals("GET") && !head.upgrade()) {
            return WELCOME;
        }
        Gen1Target target = Gen1Target.of(rest);
        if (target == null || isForEngine(rest)) {
            return null;
        }
        Refusal refusal = refusal(head, rest, target, options);
        if (refusal != null) {
            return new Claim.Refuse(refusal);
        }
        return target.sid().isEmpty() ? new Claim.Open() : new Claim.Resume(target.sid());
    }

    @Override
    public void refuse(Exchange exchange, Refusal refusal, @Nullable String message) {
        Gen1Responses.refuse(exchange, refusal, message);
    }

    /** A handshake names no transport: the session learns it from the requests that follow. */
    @Override
    public Session open(String sid, RequestHead head, SessionListener listener, SessionOptions options, long now) {
        return new Gen1Session(sid, listener, options);
    }

    /** Returns true: acks exist since 0.7. */
    @Override
    public boolean acks() {
        return true;
    }

    /**
     * Returns true. Servers 0.7 to 0.9 accepted the drafts besides later versions, and a Flash movie speaks draft 76
     * only.
     */
    @Override
    public boolean drafts() {
        return true;
    }

    @Override
    public Set<String> transports() {
        return Gen1Transport.NAMES;
    }

    /** JSON-P is off by default: a page of any origin can read its responses. */
    @Override
    public Set<String> withheld() {
        return Set.of(Gen1Transport.JSONP_POLLING.wireName());
    }

    @Override
    public Encoded encode(Packet packet) {
        return Gen1Encoder.encode(packet);
    }

    /**
     * Returns whether the query is that of a later generation. Its clients outside of browsers write paths like those
     * of this one: {@code /1/?EIO=2&transport=polling} in Cocos.
     */
    private static boolean isForEngine(String rest) {
        String transport = Query.value(rest, "transport");
        return Query.value(rest, "EIO") != null || "polling".equals(transport) || "websocket".equals(transport);
    }

    /**
     * Returns the reason to reject a request of this generation, or null. The order of the checks decides which error a
     * client receives.
     */
    private static @Nullable Refusal refusal(RequestHead head, String rest, Gen1Target target, SessionOptions options) {
        if (!target.isSpoken()) {
            return Refusal.UNSUPPORTED_VERSION;
        }
        boolean get = head.method().equals("GET");
        if (!get && !head.method().equals("POST")) {
            return Refusal.BAD_METHOD;
        }
        // A handshake. It is answered in words, so it cannot be an upgrade. By script it belongs to JSON-P: a page of
        // any origin can read a script.
        if (target.sid().isEmpty()) {
            boolean script = Gen1Target.callback(rest) != null;
            boolean served = !script || options.serves(Gen1Transport.JSONP_POLLING.wireName());
            return head.upgrade() || !served ? Refusal.UNKNOWN_TRANSPORT : null;
        }
        // Before the transport is looked at: a page that is being left names none ({@code /1//SID/?disconnect=1}).
        if (Gen1Target.disconnects(rest) && !head.upgrade()) {
            return null;
        }
        Gen1Transport transport = Gen1Transport.of(target.transport());
        if (transport == null || !options.serves(transport.wireName())) {
            return Refusal.UNKNOWN_TRANSPORT;
        }
        // The original crashed on an upgrade of a request transport, and closed the connection of a plain GET of
        // websocket.
        return transport.isLine() != head.upgrade() ? Refusal.BAD_REQUEST : null;
    }
}
