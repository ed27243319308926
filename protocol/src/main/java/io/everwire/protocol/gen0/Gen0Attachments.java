package io.everwire.protocol.gen0;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.everwire.protocol.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.List;

/**
 * Replaces the placeholders of binary data by base64 strings, because this generation carries text only.
 *
 * <p>Example: {@code {"a":{"_placeholder":true,"num":0}}} with the attachment {@code <010203>} becomes {@code
 * {"a":"AQID"}}. A text that looks like a placeholder does not match: inside a JSON string its quotes are escaped.
 */
final class Gen0Attachments {
    /**
     * The bytes of a placeholder before its number, as the server writes it. No other order of the members is looked
     * for.
     */
    private static final byte[] PLACEHOLDER = "{\"_placeholder\":true,\"num\":".getBytes(US_ASCII);

    private Gen0Attachments() {}

    /**
     * Returns {@code json} with each attachment in place of its first placeholder. A second placeholder of the same
     * number stays as it is, so that the size of the result is limited.
     */
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

    /** Returns the index behind the brace of the placeholder at {@code from}; −1 if none begins there. */
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

    /** Returns the number of a placeholder; −1 if it has no digits or too many. */
    private static int number(byte[] json, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = 10 * number + json[i] - '0';
        }
        // No list of attachments is that long, and ten digits could overflow an int.
        return to - from < 1 || to - from > 9 ? -1 : number;
    }
}
