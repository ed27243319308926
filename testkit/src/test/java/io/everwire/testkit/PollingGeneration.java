package io.everwire.testkit;

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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A generation for tests of the test kit: GET waits, POST is echoed, DELETE is dropped, and a WebSocket echoes. It
 * records its calls.
 */
final class PollingGeneration implements Generation {
    final List<String> reported = new ArrayList<>();

    @Nullable
    String sid;

    @Override
    public String name() {
        return "poll";
    }

    @Override
    public @Nullable Claim claim(RequestHead head, String rest, SessionOptions options) {
        return !rest.startsWith("/poll")
                ? null
                : rest.length() > 6 ? new Claim.Resume(rest.substring(6)) : new Claim.Open();
    }

    @Override
    public void refuse(Exchange exchange, Refusal refusal, @Nullable String message) {
        exchange.reply(new Response(403, List.of("X-Why", refusal.name()), Bytes.utf8(refusal.name())));
    }

    @Override
    public Session open(String id, RequestHead head, SessionListener listener, SessionOptions options, long now) {
        sid = id;
        return new PollSession();
    }

    @Override
    public boolean acks() {
        return false;
    }

    @Override
    public Encoded encode(Packet packet) {
        return Encoded.NOTHING;
    }

    private final class PollSession implements Session {
        @Override
        public void request(Exchange exchange, long now) {
            reported.add(exchange.head().method());
            switch (exchange.head().method()) {
                case "POST" -> exchange.readBody(10);
                case "DELETE" -> exchange.drop();
                case "HEAD" -> exchange.reply(new Response(200, List.of(), Bytes.utf8("body")));
                default -> {}
            }
        }

        @Override
        public void body(Exchange exchange, Bytes body, long now) {
            exchange.reply(new Response(200, List.of("Content-Type", "text/plain"), body));
            exchange.reply(new Response(500, List.of(), Bytes.EMPTY));
            exchange.drop();
        }

        @Override
        public void oversized(Exchange exchange, long now) {
            exchange.reply(new Response(413, List.of(), Bytes.EMPTY));
        }

        @Override
        public void gone(Exchange exchange, long now) {
            reported.add("gone");
            exchange.reply(new Response(200, List.of(), Bytes.EMPTY));
        }

        @Override
        public void lineOpened(WebSocketLine line, long now) {
            reported.add("opened");
        }

        @Override
        public void text(WebSocketLine line, Bytes message, long now) {
            if (message.toString().equals("close")) {
                line.close(4_000);
                line.text(Bytes.utf8("too late"));
            } else {
                line.text(Bytes.utf8(line.writable() + " " + message));
            }
        }

        @Override
        public void binary(WebSocketLine line, Bytes message, long now) {
            line.binary(message);
        }

        @Override
        public void lineClosed(WebSocketLine line, CloseReason reason, long now) {
            reported.add("closed: " + reason);
        }

        @Override
        public void send(Encoded encoded, long now) {}

        @Override
        public void tick(long now) {}

        @Override
        public void close(CloseReason reason, long now) {}
    }
}
