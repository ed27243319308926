package io.everwire.protocol.gen0;

import io.everwire.protocol.Bytes;
import java.io.ByteArrayOutputStream;

/**
 * Removes from payloads a byte sequence that has a meaning for the transport around them.
 *
 * <p>A text that contains it is sent as a JSON string, which every client of this generation delivers as the same text.
 * Example without CR: {@code ~m~2~m~a\r} becomes {@code ~m~8~m~~j~"a\r"}, in which the CR is the escape of two
 * characters. The marks of frames never contain such a sequence.
 */
final class Gen0Escaping {
    /** The mark of a JSON body. */
    private static final Bytes JSON = Bytes.utf8("~j~");

    private final Bytes unwanted;
    private final Bytes instead;

    /**
     * Creates an escaping.
     *
     * @param unwanted the sequence to remove: ASCII, and not part of a frame's marks
     * @param instead the bytes in its place, which mean the same wherever {@code unwanted} may appear in JSON
     */
    Gen0Escaping(String unwanted, String instead) {
        this.unwanted = Bytes.utf8(unwanted);
        this.instead = Bytes.utf8(instead);
    }

    /** Returns {@code payload} without the sequence; the same object if it does not contain it. */
    Bytes apply(Bytes payload) {
        if (find(payload, 0) < 0) {
            return payload;
        }
        Gen0Framing frames = new Gen0Framing(payload);
        ByteArrayOutputStream reframed = new ByteArrayOutputStream(payload.length() + 64);
        for (Bytes body = frames.next(); body != null; body = frames.next()) {
            // Only frames that contain the sequence change, so that texts without it keep their usual form.
            boolean clean = find(body, 0) < 0;
            write(clean ? Gen0Framing.frame(body) : Gen0Framing.frame(JSON, replace(json(body))), reframed);
        }
        return Bytes.of(reframed.toByteArray());
    }

    /** Returns the JSON of a body: what follows the mark, or the text as a JSON string. */
    private static Bytes json(Bytes body) {
        return Gen0Codec.isJson(body) ? body.slice(JSON.length(), body.length()) : Gen0Text.quote(body);
    }

    /** Returns {@code json} with every occurrence replaced. */
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

    /** Returns the index of the sequence in {@code bytes} at or behind {@code from}; −1 if it does not occur. */
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
