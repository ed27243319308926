package io.everwire.protocol.eio3;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Exchange;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.Response;
import io.everwire.protocol.text.Query;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The form in which one client polls: text, binary or JSON-P, as its first request shows. */
final class Eio3Polling {
    /**
     * The bytes of packets in one response, unless one packet alone is longer. Clients that read the binary framing
     * copy the rest of the response for each packet (engine.io-parser 1.0 to 2.2, decodePayloadAsBinary): 10,000
     * packets in one response keep client 1.0.6 busy for 9 s.
     */
    private static final int MAX_RESPONSE = 65_536;

    /**
     * The bytes of packets in one response in the text framing. Clients 1.4 to 1.7 pass the bytes of a text to one call
     * as arguments (engine.io-client 1.6 to 1.8, Request.onLoad). The limit of arguments is 65,536 in Safari and
     * depends on the stack elsewhere: some 124,000 in Chromium.
     */
    private static final int MAX_TEXT = 32_768;

    /** The bytes that a framing adds to a packet, at most: the kind or colon, the end of the length, its digits. */
    private static final int FRAMING = 10;

    private final Eio3Dialect dialect;
    private final boolean base64;
    private final boolean browser;
    private final @Nullable String callback;

    /**
     * Creates the form.
     *
     * @param callback the index of the JSON-P callback, or null
     */
    private Eio3Polling(Eio3Dialect dialect, boolean base64, boolean browser, @Nullable String callback) {
        this.dialect = dialect;
        this.base64 = base64;
        this.browser = browser;
        this.callback = callback;
    }

    /** Returns the form that a session's first request shows. */
    static Eio3Polling of(RequestHead head, Eio3Dialect dialect) {
        String agent = head.header("User-Agent");
        boolean browser = agent != null && agent.startsWith("Mozilla/");
        return new Eio3Polling(dialect, isBase64(head.target()), browser, Eio3Jsonp.callback(head.target()));
    }

    /** Returns whether {@code b64} says that the client takes no binary: any value that is not empty. */
    static boolean isBase64(String target) {
        String base64 = Query.value(target, "b64");
        return base64 != null && !base64.isEmpty();
    }

    /**
     * Returns the number of packets, from the first on, that one response carries: at least one. The limits are for
     * clients that take binary; others read text of any length.
     */
    int fitting(List<Encoded> packets) {
        if (base64 || callback != null) {
            return packets.size();
        }
        long size = 0;
        int fitting = 0;
        for (Encoded packet : packets) {
            size += packet.bytes() + FRAMING;
            if (fitting > 0 && size > MAX_RESPONSE) {
                break;
            }
            fitting++;
        }
        return fitting;
    }

    /** Returns the response to a poll with these packets. */
    Response answer(List<Encoded> packets) {
        boolean compress = packets.stream().anyMatch(Encoded::compress);
        if (callback != null) {
            return Eio3Responses.script(Eio3Jsonp.script(callback, Eio3Payload.text(packets, dialect)), compress);
        }
        // The oldest clients read every poll as binary; the others only if the response says so.
        boolean binary =
                !base64 && (dialect.readsBinary() || Eio3Payload.hasBinary(packets) || isLongForBrowser(packets));
        return binary
                ? Eio3Responses.binary(Eio3Payload.binary(packets), compress)
                : Eio3Responses.text(Eio3Payload.text(packets, dialect), compress);
    }

    /**
     * Returns whether a browser gets these packets in the binary framing because their text is long. Outside of
     * browsers clients 2.x may not read it: the XMLHttpRequest of React Native cannot change to binary when the headers
     * have arrived.
     */
    private boolean isLongForBrowser(List<Encoded> packets) {
        long size = 0;
        for (Encoded packet : packets) {
            size += packet.bytes() + FRAMING;
        }
        return browser && size > MAX_TEXT;
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
