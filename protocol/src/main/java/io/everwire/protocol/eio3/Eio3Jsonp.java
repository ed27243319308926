package io.everwire.protocol.eio3;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.text.Query;
import org.jspecify.annotations.Nullable;

/**
 * Encodes and decodes payloads of JSON-P, which arrive as a form and are sent as a script (engine.io 3.6,
 * polling-jsonp).
 */
final class Eio3Jsonp {
    private Eio3Jsonp() {}

    /**
     * Returns the index of the callback that awaits the response, digits only; null if the client does not use JSON-P.
     *
     * <p>Other characters are removed, as in the reference: the index becomes part of a script.
     */
    static @Nullable String callback(String target) {
        String index = Query.value(target, "j");
        return index == null ? null : index.replaceAll("[^0-9]", "");
    }

    /**
     * Returns the script that passes a payload to the client: {@code ___eio[0]("6:4hello");}
     *
     * <p>It is ASCII without {@code <}. So the payload stays one string with any content, in every charset that a
     * page may have, and even inside of a page.
     */
    static Bytes script(String callback, Bytes payload) {
        String text = payload.toString();
        StringBuilder script = new StringBuilder(text.length() + 32);
        script.append("___eio[").append(callback).append("](\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                script.append('\\').append(c);
            } else if (c < ' ' || c == '<' || c > '~') {
                Eio3Encoder.escape(script, c);
            } else {
                script.append(c);
            }
        }
        return Bytes.utf8(script.append("\");").toString());
    }

    /** Returns the payload in a form's field {@code d}, or null if the form has none. */
    static @Nullable Bytes payload(Bytes form) {
        String field = Query.value("?" + form, "d");
        return field == null ? null : Bytes.utf8(unescape(field));
    }

    /**
     * Restores the line ends of a payload. Browsers alter those of a form, so the client writes each as {@code \n}, and
     * adds a backslash to text that looks like that already.
     */
    private static String unescape(String field) {
        int escape = field.indexOf("\\n");
        if (escape < 0) {
            return field;
        }
        StringBuilder payload = new StringBuilder(field.length());
        int copied = 0;
        for (; escape >= 0; escape = field.indexOf("\\n", copied)) {
            // \\n is the text \n, and \n is a line end.
            boolean escaped = escape > copied && field.charAt(escape - 1) == '\\';
            payload.append(field, copied, escaped ? escape - 1 : escape).append(escaped ? "\\n" : "\n");
            copied = escape + 2;
        }
        return payload.append(field, copied, field.length()).toString();
    }
}
