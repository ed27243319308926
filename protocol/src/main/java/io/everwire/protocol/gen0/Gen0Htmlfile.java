package io.everwire.protocol.gen0;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Exchange;
import io.everwire.protocol.Response;
import java.util.List;

/**
 * A GET of htmlfile: a page without end inside a frame that the client created. Each payload is a script element, which
 * the browser runs as soon as it arrives and which the client removes again:
 *
 * <pre>{@code <script>parent.s._("~m~5~m~hello", document);</script>}</pre>
 */
record Gen0Htmlfile(Exchange exchange) implements Gen0Stream {
    /** The original names no charset. With one, and without sniffing, a browser cannot guess another. */
    private static final List<String> HEADERS =
            List.of("Content-Type", "text/html; charset=UTF-8", "X-Content-Type-Options", "nosniff");

    /** The first 256 bytes, as in the original: Internet Explorer shows and runs nothing before it has so many. */
    private static final Bytes BEGINNING = Bytes.utf8("<html><body>" + " ".repeat(244));

    private static final Bytes BEFORE = Bytes.utf8("<script>parent.s._(");
    private static final Bytes AFTER = Bytes.utf8(", document);</script>");

    /** Begins the page. */
    Gen0Htmlfile {
        exchange.start(new Response(200, HEADERS, BEGINNING));
    }

    /**
     * A text with {@code </script>} broke out of the element in the original (S5): {@link Gen0Text#script} escapes it.
     */
    @Override
    public void send(Bytes payload) {
        exchange.write(Gen0Text.join(BEFORE, Gen0Text.script(payload), AFTER));
    }
}
