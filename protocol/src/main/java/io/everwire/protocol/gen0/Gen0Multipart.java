package io.everwire.protocol.gen0;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Exchange;
import io.everwire.protocol.Response;
import java.util.List;

/**
 * A GET of xhr-multipart: parts without end, each replacing the one before it. A part holds one payload and is complete
 * at the boundary behind it.
 *
 * <p>Lines end in a bare LF, and the stream never has the final boundary {@code --socketio--}, as in the original.
 */
record Gen0Multipart(Exchange exchange) implements Gen0Stream {
    private static final List<String> HEADERS =
            List.of("Content-Type", "multipart/x-mixed-replace;boundary=\"socketio\"");
    private static final Bytes BEGINNING = Bytes.utf8("--socketio\n");
    private static final Bytes BEFORE = Bytes.utf8("Content-Type: text/plain\n\n");
    private static final Bytes AFTER = Bytes.utf8("\n--socketio\n");

    /**
     * The boundary inside of a message would end the part, and a forged part would follow. JSON contains it in strings
     * only, where the first hyphen can be written as an escape.
     */
    private static final Gen0Escaping WITHOUT_BOUNDARY = new Gen0Escaping("--socketio", "\\u002d-socketio");

    /** Begins the stream with the first boundary. */
    Gen0Multipart {
        exchange.start(new Response(200, HEADERS, BEGINNING));
    }

    /** <pre>{@code Content-Type: text/plain LF LF ~m~5~m~hello LF --socketio LF}</pre> */
    @Override
    public void send(Bytes payload) {
        exchange.write(Gen0Text.join(BEFORE, WITHOUT_BOUNDARY.apply(payload), AFTER));
    }
}
