package io.everwire.protocol.eio3;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Exchange;
import io.everwire.protocol.Response;
import io.everwire.protocol.text.Query;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How one client polls: text, bytes or JSON-P, as its first request said. */
final class Eio3Polling {
    private final Eio3Dialect dialect;
    private final boolean base64;
    private final @Nullable String callback;

    private Eio3Polling(Eio3Dialect dialect, boolean base64, @Nullable String callback) {
        this.dialect = dialect;
        this.base64 = base64;
        this.callback = callback;
    }

    /** What the target of a session's first request tells. */
    static Eio3Polling of(String target, Eio3Dialect dialect) {
        return new Eio3Polling(dialect, isBase64(target), Eio3Jsonp.callback(target));
    }

    /** Whether {@code b64} says that the client takes no binary. */
    static boolean isBase64(String target) {
        String base64 = Query.value(target, "b64");
        return base64 != null && !base64.isEmpty();
    }

    /** The answer to a poll. */
    Response answer(List<Encoded> packets) {
        boolean compress = packets.stream().anyMatch(Encoded::compress);
        if (callback != null) {
            return Eio3Responses.script(Eio3Jsonp.script(callback, Eio3Payload.text(packets, dialect)), compress);
        }
        boolean binary = !base64 && (dialect.readsBinary() || Eio3Payload.hasBinary(packets));
        return binary
                ? Eio3Responses.binary(Eio3Payload.binary(packets), compress)
                : Eio3Responses.text(Eio3Payload.text(packets, dialect), compress);
    }

    /** The packets in the body of a POST, or null if there are none. */
    Eio3Payload.@Nullable Reader read(Exchange exchange, Bytes body) {
        if (callback != null) {
            Bytes payload = Eio3Jsonp.payload(body);
            return payload == null ? null : new Eio3Payload.Reader(payload, false, dialect);
        }
        // Exactly this value: the reference compares no further (engine.io 3.6, Polling.onDataRequest).
        boolean binary = "application/octet-stream".equals(exchange.head().header("Content-Type"));
        return new Eio3Payload.Reader(body, binary, dialect);
    }
}
