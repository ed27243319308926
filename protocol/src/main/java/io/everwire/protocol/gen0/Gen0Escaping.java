package io.everwire.protocol.gen0;

import io.everwire.protocol.Bytes;
import java.io.ByteArrayOutputStream;

/**
 * Payloads without a sequence of bytes that means something to the transport around them. A text that has it leaves as a
 * JSON string, which every client of this generation takes for the same text; the marks of frames never have it.
 */
final class Gen0Escaping {
    private static final Bytes JSON = Bytes.utf8("~j~");

    private final Bytes unwanted;
    private final Bytes instead;

    /**
     * @param unwanted ASCII, and not part of a frame's marks
     * @param instead says the same to a reader of JSON, wherever in JSON {@code unwanted} may stand
     */
    Gen0Escaping(String unwanted, String instead) {
        this.unwanted = Bytes.utf8(unwanted);
        this.instead = Bytes.utf8(instead);
    }

    /** {@code payload}, the very same if there is nothing to do. */
    Bytes apply(Bytes payload) {
        if (find(payload, 0) < 0) {
            return payload;
        }
        Gen0Framing frames = new Gen0Framing(payload);
        ByteArrayOutputStream reframed = new ByteArrayOutputStream(payload.length() + 64);
        for (Bytes body = frames.next(); body != null; body = frames.next()) {
            boolean clean = find(body, 0) < 0;
            write(clean ? Gen0Framing.frame(body) : Gen0Framing.frame(JSON, replace(json(body))), reframed);
        }
        return Bytes.of(reframed.toByteArray());
    }

    private static Bytes json(Bytes body) {
        return Gen0Codec.isJson(body) ? body.slice(JSON.length(), body.length()) : Gen0Text.quote(body);
    }

    private Bytes replace(Bytes json) {
        ByteArrayOutputStream replaced = new ByteArrayOutputStream(json.length() + 64);
        int copied = 0;
        for (int found = find(json, 0); found >= 0; found = find(json, copied)) {
            write(json.slice(copied, found), replaced);
            write(instead, replaced);
            copied = found + unwanted.length();
        }
        write(json.slice(copied, json.length()), replaced);
        return Bytes.of(replaced.toByteArray());
    }

    private static void write(Bytes bytes, ByteArrayOutputStream out) {
        out.write(bytes.array(), bytes.offset(), bytes.length());
    }

    /** Where {@code unwanted} stands in {@code bytes} at or after {@code from}; −1 if nowhere. */
    private int find(Bytes bytes, int from) {
        for (int at = from; at <= bytes.length() - unwanted.length(); at++) {
            int same = 0;
            while (same < unwanted.length() && bytes.at(at + same) == unwanted.at(same)) {
                same++;
            }
            if (same == unwanted.length()) {
                return at;
            }
        }
        return -1;
    }
}
