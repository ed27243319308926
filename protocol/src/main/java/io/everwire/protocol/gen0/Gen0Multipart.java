package io.everwire.protocol.gen0;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Exchange;
import io.everwire.protocol.Response;
import java.util.List;

/**
 * A GET of xhr-multipart: parts without end, each replacing the one before. Lines end in a bare LF, and the stream never has
 * the boundary that says "last", as in the original. A part holds one payload and is complete at the boundary after it.
 */
record Gen0Multipart(Exchange exchange) implements Gen0Stream {
    private static final List<String> HEADERS =
            List.of("Content-Type", "multipart/x-mixed-replace;boundary=\"socketio\"");
    private static final Bytes BEGINNING = Bytes.utf8("--socketio\n");
    private static final Bytes BEFORE = Bytes.utf8("Content-Type: text/plain\n\n");
    private static final Bytes AFTER = Bytes.utf8("\n--socketio\n");

    /** Inside a message it would end the part, and what follows would be a forged one. In JSON it stands in strings only. */
    private static final Gen0Escaping WITHOUT_BOUNDARY = new Gen0Escaping("--socketio", "\\u002d-socketio");

    Gen0Multipart {
        exchange.start(new Response(200, HEADERS, BEGINNING));
    }

    @Override
    public void send(Bytes payload) {
        exchange.write(Gen0Text.join(BEFORE, WITHOUT_BOUNDARY.apply(payload), AFTER));
    }
}
