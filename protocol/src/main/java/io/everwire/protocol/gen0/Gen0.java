package io.everwire.protocol.gen0;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Claim;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Exchange;
import io.everwire.protocol.Generation;
import io.everwire.protocol.Packet;
import io.everwire.protocol.Refusal;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.Response;
import io.everwire.protocol.Session;
import io.everwire.protocol.SessionListener;
import io.everwire.protocol.SessionOptions;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Socket.IO 0.6.x of 2010. The bytes, the times and what differs from the original stand in this package's wire card. */
public final class Gen0 implements Generation {
    /** The connection is closed instead. */
    private static final int NO_STATUS = 0;

    @Override
    public String name() {
        return "gen0";
    }

    @Override
    public @Nullable Claim claim(RequestHead head, String rest, SessionOptions options) {
        Gen0Target target = Gen0Target.at(rest, 0);
        if (target == null || !options.serves(target.transport().wireName())) {
            return null;
        }
        boolean post = head.method().equals("POST");
        boolean line = target.transport().isLine();
        if (!head.method().equals("GET") && (line || !post)) {
            return new Claim.Refuse(Refusal.BAD_METHOD);
        }
        // The original crashed on an upgrade of a request transport, and never answered the opposite.
        if (head.upgrade() != line) {
            return new Claim.Refuse(Refusal.BAD_REQUEST);
        }
        // C1: the original took whatever stood there for an index, and crashed where none was.
        if (target.transport() == Gen0Transport.JSONP_POLLING && !post && Gen0Target.index(rest) < 0) {
            return new Claim.Refuse(Refusal.BAD_REQUEST);
        }
        if (!target.sid().isEmpty()) {
            return new Claim.Resume(target.sid());
        }
        return post ? new Claim.Refuse(Refusal.UNKNOWN_SESSION) : new Claim.Open();
    }

    /**
     * The client that servers 0.6.0 and 0.6.1 bundled polls again at once after any answer, whatever its status: a
     * poll is refused by closing the connection, or that client would poll in a loop. {@code EventSource} does the
     * opposite: it comes back after a closed connection, and gives up after a status.
     */
    @Override
    public void refuse(Exchange exchange, Refusal refusal, @Nullable String message) {
        boolean post = exchange.head().method().equals("POST");
        boolean events = Gen0Target.lastNamed(exchange.head().target()) == Gen0Transport.SERVER_EVENTS;
        boolean poll = !post && !exchange.head().upgrade();
        switch (refusal) {
            case UNKNOWN_SESSION -> answer(exchange, events ? 404 : NO_STATUS, message, "unknown session");
            case BAD_METHOD -> answer(exchange, 405, message, "method not allowed");
            case BAD_REQUEST, UNKNOWN_TRANSPORT, UNSUPPORTED_VERSION -> answer(exchange, 400, message, "bad request");
            case FORBIDDEN -> {
                int status = post ? 401 : poll && !events ? NO_STATUS : 403;
                answer(exchange, status, message, "unauthorized");
            }
            case OVERLOADED -> answer(exchange, poll ? NO_STATUS : 503, message, "overloaded");
        }
    }

    @Override
    public Session open(String sid, RequestHead head, SessionListener listener, SessionOptions options, long now) {
        return new Gen0Session(sid, Gen0Target.openingTransport(head.target()), listener, options);
    }

    @Override
    public boolean acks() {
        return false;
    }

    /** Its clients are older than every later draft. */
    @Override
    public boolean drafts() {
        return true;
    }

    @Override
    public Set<String> transports() {
        return Gen0Transport.NAMES;
    }

    @Override
    public Set<String> withheld() {
        return Set.of(Gen0Transport.JSONP_POLLING.wireName());
    }

    @Override
    public Encoded encode(Packet packet) {
        return Gen0Codec.encode(packet);
    }

    private static void answer(Exchange exchange, int status, @Nullable String message, String usual) {
        if (status == NO_STATUS) {
            exchange.drop();
            return;
        }
        List<String> headers = status == 405
                ? List.of("Content-Type", "text/plain", "Allow", "GET, POST")
                : List.of("Content-Type", "text/plain");
        exchange.reply(new Response(status, headers, Bytes.utf8(message == null ? usual : message)));
    }
}
