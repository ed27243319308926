package io.everwire.protocol.gen0;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Exchange;
import io.everwire.protocol.Response;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * A GET of server-events, for {@code EventSource} of browsers (HTML standard, "Server-sent events"): each payload is
 * one event without a name. Payloads, heartbeats and POSTs are those of the other transports.
 */
record Gen0ServerEvents(Exchange exchange) implements Gen0Stream {
    /** The last header is for nginx, which would otherwise collect the response before it passes it on. */
    private static final List<String> HEADERS =
            List.of("Content-Type", "text/event-stream", "Cache-Control", "no-cache", "X-Accel-Buffering", "no");

    /**
     * The time before a reconnect, in milliseconds: Chromium's own default, here for every browser. A reconnect carries
     * no session id, so it opens a new session.
     */
    private static final Bytes BEGINNING = Bytes.utf8("retry: 3000\n\n");

    /** The beginning of each line. */
    private static final byte[] DATA = {'d', 'a', 't', 'a', ':', ' '};

    /**
     * A CR ends a line, too, and would arrive as LF. A text with a CR is sent as JSON, where a CR is white space or
     * escaped.
     */
    private static final Gen0Escaping WITHOUT_CR = new Gen0Escaping("\r", " ");

    /** Begins the stream. */
    Gen0ServerEvents {
        exchange.start(new Response(200, HEADERS, BEGINNING));
    }

    /**
     * Writes one {@code data:} line for each line of the payload; the browser joins them again. The empty line at the
     * end dispatches the event.
     */
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
