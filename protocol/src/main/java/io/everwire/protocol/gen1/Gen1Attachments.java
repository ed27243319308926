package io.everwire.protocol.gen1;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.everwire.protocol.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.List;

/**
 * Puts binary data where its placeholder stands, as a base64 string: this generation has text alone. Bytes that look like a
 * placeholder cannot stand inside a JSON string, where their quotes are escaped.
 */
final class Gen1Attachments {
    private static final byte[] PLACEHOLDER = "{\"_placeholder\":true,\"num\":".getBytes(US_ASCII);

    private Gen1Attachments() {}

    /** {@code json} with each attachment in the place of its first placeholder; once, so that the result stays bounded. */
    static Bytes inline(Bytes json, List<Bytes> attachments) {
        if (attachments.isEmpty()) {
            return json;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(json.length());
        boolean[] used = new boolean[attachments.size()];
        byte[] in = json.array();
        int copied = json.offset();
        for (int i = copied; i < json.end(); i++) {
            int end = in[i] == '{' ? placeholderEnd(in, i, json.end()) : -1;
            int number = end < 0 ? -1 : number(in, i + PLACEHOLDER.length, end - 1);
            if (number >= 0 && number < used.length && !used[number]) {
                used[number] = true;
                out.write(in, copied, i - copied);
                byte[] base64 =
                        Base64.getEncoder().encode(attachments.get(number).toByteArray());
                out.write('"');
                out.write(base64, 0, base64.length);
                out.write('"');
                copied = end;
                i = end - 1;
            }
        }
        out.write(in, copied, json.end() - copied);
        return Bytes.of(out.toByteArray());
    }

    /** Where the placeholder at {@code from} ends, after its brace; −1 if none stands there. */
    private static int placeholderEnd(byte[] json, int from, int end) {
        int at = from;
        for (byte b : PLACEHOLDER) {
            if (at >= end || json[at++] != b) {
                return -1;
            }
        }
        while (at < end && json[at] >= '0' && json[at] <= '9') {
            at++;
        }
        return at < end && json[at] == '}' ? at + 1 : -1;
    }

    private static int number(byte[] json, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = 10 * number + json[i] - '0';
        }
        // No list is as long as ten digits say: before they could overflow, it is no number of an attachment.
        return to - from < 1 || to - from > 9 ? -1 : number;
    }
}
