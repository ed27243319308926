package io.everwire.protocol.gen0;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Exchange;
import io.everwire.protocol.Response;
import java.util.List;

/**
 * A GET of jsonp-polling. The response is a script that calls the client with the payload: {@code
 * io.JSONP[0]._("~m~5~m~hello");}
 *
 * @param index the position of the client in its page's table, from this very request: it may differ from poll to poll
 */
record Gen0Jsonp(Exchange exchange, int index) implements Gen0Connection {
    private static final List<String> HEADERS =
            List.of("Content-Type", "text/javascript; charset=UTF-8", "X-Content-Type-Options", "nosniff");
    private static final Bytes AFTER = Bytes.utf8(");");

    @Override
    public boolean isPoll() {
        return true;
    }

    /** An idle poll is answered with a call, too: {@code io.JSONP[0]._("");}. The original does the same. */
    @Override
    public void send(Bytes payload) {
        Bytes before = Bytes.utf8("io.JSONP[" + index + "]._(");
        exchange.reply(new Response(200, HEADERS, Gen0Text.join(before, Gen0Text.script(payload), AFTER)));
    }

    @Override
    public boolean writable() {
        return true;
    }

    /** Answers like an idle poll: the client polls again. */
    @Override
    public void supersede() {
        send(Bytes.EMPTY);
    }

    /**
     * Closes the connection. The client takes a script that does not load for the end of the session, like a poll that
     * fails.
     */
    @Override
    public void close() {
        exchange.drop();
    }

    @Override
    public void abort() {
        close();
    }

    @Override
    public boolean isOn(Object port) {
        return exchange.equals(port);
    }
}
