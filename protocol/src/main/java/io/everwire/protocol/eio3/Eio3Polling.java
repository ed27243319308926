package io.everwire.protocol.eio3;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Exchange;
import io.everwire.protocol.Response;
import io.everwire.protocol.text.Query;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The form in which one client polls: text, binary or JSON-P, as its first request shows. */
final class Eio3Polling {
    private final Eio3Dialect dialect;
    private final boolean base64;
    private final @Nullable String callback;

    /**
     * Creates the form.
     *
     * @param callback the index of the JSON-P callback, or null
     */
    private Eio3Polling(Eio3Dialect dialect, boolean base64, @Nullable String callback) {
        this.dialect = dialect;
        this.base64 = base64;
        this.callback = callback;
    }

    /** Returns the form that the target of a session's first request shows. */
    static Eio3Polling of(String target, Eio3Dialect dialect) {
        return new Eio3Polling(dialect, isBase64(target), Eio3Jsonp.callback(target));
    }

    /** Returns whether {@code b64} says that the client takes no binary: any value that is not empty. */
    static boolean isBase64(String target) {
        String base64 = Query.value(target, "b64");
        return base64 != null && !base64.isEmpty();
    }

    /** Returns the response to a poll with these packets. */
    Response answer(List<Encoded> packets) {
        boolean compress = packets.stream().anyMatch(Encoded::compress);
        if (callback != null) {
            return Eio3Responses.script(Eio3Jsonp.script(callback, Eio3Payload.text(packets, dialect)), compress);
        }
        // The oldest clients read every poll as binary; the others only if the response says so.
        boolean binary = !base64 && (dialect.readsBinary() || Eio3Payload.hasBinary(packets));
        return binary
                ? Eio3Responses.binary(Eio3Payload.binary(packets), compress)
                : Eio3Responses.text(Eio3Payload.text(packets, dialect), compress);
    }

    /** Returns a reader of the packets in the body of a POST. */
    Eio3Payload.Reader read(Exchange exchange, Bytes body) {
        if (callback != null) {
            Bytes payload = Eio3Jsonp.payload(body);
            // A form without the field holds no packets. Empty text would be a broken packet; empty binary is none.
            return new Eio3Payload.Reader(payload == null ? Bytes.EMPTY : payload, payload == null, dialect);
        }
        // Compared exactly, as in the reference (engine.io 3.6, Polling.onDataRequest).
        boolean binary = "application/octet-stream".equals(exchange.head().header("Content-Type"));
        return new Eio3Payload.Reader(body, binary, dialect);
    }
}
