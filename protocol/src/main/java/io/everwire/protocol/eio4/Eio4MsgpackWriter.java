package io.everwire.protocol.eio4;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.msgpack.ByteSink;
import io.everwire.protocol.msgpack.MsgpackWriter;
import java.util.List;

/**
 * Converts a packet, encoded for clients of the default parser, to msgpack, in one pass over its text; see {@link
 * MsgpackWriter}.
 */
final class Eio4MsgpackWriter {
    private final Bytes text;
    private final ByteSink out;
    private final MsgpackWriter writer;
    private int at;

    /** Creates a writer of one packet. */
    private Eio4MsgpackWriter(Encoded encoded) {
        this.text = encoded.text();
        this.out = new ByteSink(encoded.size() + 64);
        this.writer = new MsgpackWriter(text, encoded.attachments(), out);
    }

    /**
     * Returns the packet as a single binary message. Its text was written or checked by this server, so it is not
     * checked again.
     */
    static Encoded write(Encoded encoded) {
        Eio4MsgpackWriter writer = new Eio4MsgpackWriter(encoded);
        writer.packet();
        Bytes message = Bytes.of(writer.out.from(0).toByteArray());
        return new Encoded(Bytes.EMPTY, List.of(message), encoded.last(), encoded.options());
    }

    /**
     * Converts {@code 4<type>[<attachments>-][<namespace>,][<ack id>][<json>]}; see {@link Eio4Encoder}.
     *
     * <p>Example: {@code 42["x"]} becomes {@code 83 a4"type" 02 a3"nsp" a1"/" a4"data" 91 a1"x"}.
     */
    private void packet() {
        int type = text.at(1) - '0';
        boolean binary = type >= Eio4Encoder.BINARY_EVENT;
        // A map of two pairs; pair() counts the others.
        out.put(0x82);
        key("type");
        // msgpack has no types for binary packets: 5 is written as 2, 6 as 3.
        out.put(binary ? type - Eio4Encoder.BINARY_EVENT + Eio4Encoder.EVENT : type);
        at = binary ? Eio4Decoder.digits(text, 2) + 1 : 2;
        key("nsp");
        namespace();
        int json = Eio4Decoder.digits(text, at);
        if (json > at) {
            pair("id");
            writer.number(at, json);
        }
        at = json;
        if (at < text.length()) {
            pair("data");
            writer.moveTo(at);
            writer.value();
        }
    }

    /** Writes the namespace and moves behind its comma. */
    private void namespace() {
        int from = at;
        if (at < text.length() && text.at(at) == '/') {
            int comma = Eio4Decoder.comma(text, at);
            at = Math.min(comma + 1, text.length());
            writer.string(text.slice(from, comma));
        } else {
            key("/");
        }
    }

    /** Adds one to the count of the outer map, then writes the key. */
    private void pair(String key) {
        out.set(0, out.from(0).at(0) + 1L, 1);
        key(key);
    }

    /** Writes a key. */
    private void key(String key) {
        writer.string(Bytes.utf8(key));
    }
}
