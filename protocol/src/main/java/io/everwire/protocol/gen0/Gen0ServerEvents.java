package io.everwire.protocol.gen0;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Exchange;
import io.everwire.protocol.Response;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * A GET of server-events, for the browsers' {@code EventSource} (HTML standard, "Server-sent events"): each payload is one
 * event without a name. The payloads, heartbeats and POSTs are those of the other transports.
 */
record Gen0ServerEvents(Exchange exchange) implements Gen0Stream {
    /** The last one is for nginx, which would collect an answer before it passes it on. */
    private static final List<String> HEADERS =
            List.of("Content-Type", "text/event-stream", "Cache-Control", "no-cache", "X-Accel-Buffering", "no");

    /** When to come back after a loss, in ms: Chromium's own default, said to all. A return without an id is a new session. */
    private static final Bytes BEGINNING = Bytes.utf8("retry: 3000\n\n");

    private static final byte[] DATA = {'d', 'a', 't', 'a', ':', ' '};

    /** A CR ends a line too, and arrives as LF: texts with one leave as JSON, where CR is white space or escaped. */
    private static final Gen0Escaping WITHOUT_CR = new Gen0Escaping("\r", " ");

    Gen0ServerEvents {
        exchange.start(new Response(200, HEADERS, BEGINNING));
    }

    /** A data line for each line of the payload; the browser puts them together again. */
    @Override
    public void send(Bytes payload) {
        Bytes lines = WITHOUT_CR.apply(payload);
        ByteArrayOutputStream event = new ByteArrayOutputStream(lines.length() + 2 * DATA.length);
        event.writeBytes(DATA);
        for (int i = lines.offset(); i < lines.end(); i++) {
            event.write(lines.array()[i]);
            if (lines.array()[i] == '\n') {
                event.writeBytes(DATA);
            }
        }
        event.write('\n');
        event.write('\n');
        exchange.write(Bytes.of(event.toByteArray()));
    }
}
