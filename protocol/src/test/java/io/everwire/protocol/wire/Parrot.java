package io.everwire.protocol.wire;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Claim;
import io.everwire.protocol.CloseReason;
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
import io.everwire.protocol.WebSocketLine;
import io.everwire.protocol.text.Json;
import io.everwire.protocol.text.Query;
import java.util.List;

/** A generation that sends back every message, for tests of the player. */
public final class Parrot implements Generation {
    @Override
    public String name() {
        return "parrot";
    }

    @Override
    public Claim claim(RequestHead head, String rest, SessionOptions options) {
        String sid = Query.value(rest, "sid");
        return !rest.startsWith("/parrot") ? null : sid == null ? new Claim.Open() : new Claim.Resume(sid);
    }

    @Override
    public void refuse(Exchange exchange, Refusal refusal, String message) {
        exchange.reply(new Response(400, List.of(), Bytes.utf8(refusal.name())));
    }

    @Override
    public Session open(String sid, RequestHead head, SessionListener listener, SessionOptions options, long now) {
        return new Squawk(sid, listener, options);
    }

    @Override
    public boolean acks() {
        return true;
    }

    @Override
    public Encoded encode(Packet packet) {
        return Encoded.text(Bytes.utf8(PacketText.write(packet)));
    }

    private static final class Squawk implements Session {
        /** The time in milliseconds after which it ticks, once. */
        private static final long TICK = 10_000;

        private final String sid;
        private final SessionListener listener;
        private final SessionOptions options;
        private WebSocketLine line;
        private Exchange stream;
        private boolean greeted;

        Squawk(String sid, SessionListener listener, SessionOptions options) {
            this.sid = sid;
            this.listener = listener;
            this.options = options;
        }

        private void greet() {
            if (!greeted) {
                greeted = true;
                listener.transport("parrot");
            }
        }

        @Override
        public void request(Exchange exchange, long now) {
            greet();
            exchange.header("X-Sid", sid);
            if (exchange.head().target().startsWith("/socket.io/parrot/stream")) {
                stream = exchange;
                stream.start(new Response(200, List.of(), Bytes.utf8("begin " + sid)));
            } else {
                exchange.readBody(options.maxPayload());
            }
        }

        @Override
        public void body(Exchange exchange, Bytes body, long now) {
            exchange.reply(new Response(200, List.of(), Bytes.utf8(sid + (body.isEmpty() ? "" : " " + body))));
        }

        @Override
        public void oversized(Exchange exchange, long now) {
            exchange.drop();
        }

        @Override
        public void gone(Exchange exchange, long now) {
            listener.closed(CloseReason.TRANSPORT_ERROR);
        }

        @Override
        public void lineOpened(WebSocketLine line, long now) {
            greet();
            this.line = line;
            listener.wakeAt(now + TICK);
        }

        @Override
        public void text(WebSocketLine line, Bytes message, long now) {
            Bytes quoted = Bytes.of(Json.quote(message.toString()));
            listener.packet(new Packet.Message("/", Packet.NO_ACK, quoted, List.of()));
            line.text(message);
        }

        @Override
        public void binary(WebSocketLine line, Bytes message, long now) {
            line.binary(message);
        }

        @Override
        public void lineClosed(WebSocketLine line, CloseReason reason, long now) {}

        @Override
        public void send(Encoded encoded, long now) {
            if (stream != null) {
                stream.write(encoded.text());
            } else {
                line.text(encoded.text());
            }
        }

        @Override
        public void tick(long now) {
            line.text(Bytes.utf8("tick"));
        }

        @Override
        public void close(CloseReason reason, long now) {
            if (stream == null) {
                line.close(WebSocketLine.NO_STATUS);
            } else if (reason == CloseReason.FORCED_CLOSE) {
                stream.finish();
            } else {
                stream.drop();
            }
            listener.closed(reason);
        }
    }
}
