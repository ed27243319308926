package io.everwire.protocol.gen0;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Exchange;
import io.everwire.protocol.Response;
import java.util.List;

/**
 * A GET of htmlfile: a page that never ends, inside a frame that the client made. Each payload is a script element, which the
 * browser runs as soon as it has it, and which the client removes again.
 */
record Gen0Htmlfile(Exchange exchange) implements Gen0Stream {
    /** The original names no charset; and the page is none for anybody's guessing. */
    private static final List<String> HEADERS =
            List.of("Content-Type", "text/html; charset=UTF-8", "X-Content-Type-Options", "nosniff");

    /** 256 bytes as in the original: Internet Explorer shows nothing, and runs nothing, before it has so many. */
    private static final Bytes BEGINNING = Bytes.utf8("<html><body>" + " ".repeat(244));

    private static final Bytes BEFORE = Bytes.utf8("<script>parent.s._(");
    private static final Bytes AFTER = Bytes.utf8(", document);</script>");

    Gen0Htmlfile {
        exchange.start(new Response(200, HEADERS, BEGINNING));
    }

    @Override
    public void send(Bytes payload) {
        exchange.write(Gen0Text.join(BEFORE, Gen0Text.script(payload), AFTER));
    }
}
