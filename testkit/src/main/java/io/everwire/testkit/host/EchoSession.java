package io.everwire.testkit.host;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Exchange;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.Response;
import io.everwire.protocol.SendOptions;
import io.everwire.protocol.Session;
import io.everwire.protocol.SessionListener;
import io.everwire.protocol.WebSocketLine;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Executes the command in the path of its request; on a WebSocket, it echoes messages. */
final class EchoSession implements Session {
    private final String sid;
    private final SessionListener listener;
    private final Consumer<String> events;
    private @Nullable Exchange held;
    private @Nullable Exchange stream;
    private @Nullable WebSocketLine line;

    EchoSession(String sid, SessionListener listener, Consumer<String> events) {
        this.sid = sid;
        this.listener = listener;
        this.events = events;
    }

    @Override
    public void request(Exchange exchange, long now) {
        RequestHead head = exchange.head();
        String target = head.target();
        String query = target.substring(target.indexOf('?') + 1);
        switch (EchoGeneration.command(target)) {
            case "head" -> reply(exchange, 200, describe(head));
            case "body" -> exchange.readBody(Integer.parseInt(query));
            case "ignore" -> reply(exchange, 200, "ignored");
            case "hold" -> {
                held = exchange;
                events.accept("held " + target);
            }
            case "drop" -> exchange.drop();
            case "large" -> reply(exchange, 200, "x".repeat(Integer.parseInt(query)));
            case "worth" ->
                exchange.reply(new Response(
                        200, List.of("Vary", "Query"), Bytes.utf8("x".repeat(Integer.parseInt(query))), true));
            case "empty" ->
                exchange.reply(new Response(
                        204, query.equals("close") ? List.of("Connection", "close") : List.of(), Bytes.EMPTY));
            case "header" -> {
                exchange.header("X-Extra", "first");
                exchange.header("X-Extra", "second");
                exchange.header("content-type", "text/extra");
                reply(exchange, 200, "see the headers");
            }
            case "stream" -> {
                exchange.start(EchoGeneration.answer(200, Bytes.utf8(query)));
                stream = exchange;
                events.accept("streaming");
            }
            case "misuse" -> misuse(exchange);
            default -> reply(exchange, 400, "no WebSocket");
        }
    }

    /** Makes calls that the exchange must ignore. */
    private static void misuse(Exchange exchange) {
        exchange.write(Bytes.utf8("before"));
        exchange.finish();
        exchange.start(EchoGeneration.answer(200, Bytes.EMPTY));
        exchange.start(EchoGeneration.answer(500, Bytes.utf8("twice")));
        reply(exchange, 500, "whole");
        exchange.write(Bytes.EMPTY);
        exchange.write(Bytes.utf8("right"));
        exchange.finish();
        exchange.write(Bytes.utf8("after"));
        exchange.finish();
        exchange.drop();
    }

    @Override
    public void body(Exchange exchange, Bytes body, long now) {
        exchange.reply(EchoGeneration.answer(200, body));
    }

    @Override
    public void oversized(Exchange exchange, long now) {
        events.accept("oversized");
        reply(exchange, 413, "oversized");
    }

    @Override
    public void gone(Exchange exchange, long now) {
        events.accept("gone " + exchange.head().target());
    }

    @Override
    public void lineOpened(WebSocketLine opened, long now) {
        line = opened;
        listener.transport("websocket");
        opened.text(Bytes.utf8("sid " + sid));
        if (opened.head().target().endsWith("?last")) {
            opened.text(Bytes.utf8("x".repeat(EchoServer.MAX_PAYLOAD)));
            opened.close(4000);
        }
    }

    @Override
    public void text(WebSocketLine from, Bytes message, long now) {
        String text = message.toString();
        if (text.startsWith("close ")) {
            from.text(Bytes.utf8("closing"));
            from.close(Integer.parseInt(text.substring(6)));
            from.text(Bytes.utf8("too late"));
        } else {
            from.text(message, new SendOptions(!text.startsWith("plain "), 1));
        }
    }

    @Override
    public void binary(WebSocketLine from, Bytes message, long now) {
        from.binary(message, new SendOptions(true, 1));
    }

    @Override
    public void lineClosed(WebSocketLine closed, CloseReason reason, long now) {
        events.accept("closed " + reason);
        if (closed.equals(line)) {
            line = null;
        }
    }

    @Override
    public void send(Encoded encoded, long now) {
        if (line != null) {
            line.text(encoded.text());
        } else if (held != null) {
            held.reply(EchoGeneration.answer(200, encoded.text()));
            held = null;
        } else if (stream != null) {
            stream(stream, encoded);
        }
    }

    /** Sends a piece. The last piece ends the stream; the piece {@code drop} aborts it. */
    private void stream(Exchange exchange, Encoded encoded) {
        if (encoded.text().toString().equals("drop")) {
            exchange.drop();
            return;
        }
        exchange.write(encoded.text());
        if (encoded.last()) {
            exchange.finish();
        }
    }

    @Override
    public void tick(long now) {}

    @Override
    public void close(CloseReason reason, long now) {
        if (line != null) {
            line.close(WebSocketLine.NO_STATUS);
        }
        listener.closed(reason);
    }

    private static void reply(Exchange exchange, int status, String text) {
        exchange.reply(EchoGeneration.answer(status, Bytes.utf8(text)));
    }

    private static String describe(RequestHead head) {
        StringBuilder text = new StringBuilder();
        text.append(head.method()).append(' ').append(head.target()).append('\n');
        head.forEachHeader((name, value) -> text.append(name.toLowerCase(Locale.ROOT))
                .append('=')
                .append(value)
                .append('\n'));
        text.append("upgrade ").append(head.upgrade()).append(" secure ").append(head.secure());
        text.append(" host ").append(head.header("hOST"));
        return text.toString();
    }
}
