package io.everwire.protocol.eio3;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.text.Query;
import org.jspecify.annotations.Nullable;

/** JSON-P: payloads that come as a form and go as a script (engine.io 3.6, polling-jsonp). */
final class Eio3Jsonp {
    private Eio3Jsonp() {}

    /** Which callback the client waits in, digits only; null if it does not use JSON-P. */
    static @Nullable String callback(String target) {
        String index = Query.value(target, "j");
        return index == null ? null : index.replaceAll("[^0-9]", "");
    }

    /**
     * The script that hands a payload over. In ASCII and without {@code <}: whatever is said, in whatever a page believes to
     * be the encoding and even inside a page, it stays one string.
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

    /** The payload in a form's field {@code d}, or null if there is none. */
    static @Nullable Bytes payload(Bytes form) {
        String field = Query.value("?" + form, "d");
        return field == null ? null : Bytes.utf8(unescape(field));
    }

    /**
     * Browsers alter the line ends of a form, so the client wrote each as {@code \n}, and one backslash more before what
     * looked like that already.
     */
    private static String unescape(String field) {
        int escape = field.indexOf("\\n");
        if (escape < 0) {
            return field;
        }
        StringBuilder payload = new StringBuilder(field.length());
        int copied = 0;
        for (; escape >= 0; escape = field.indexOf("\\n", copied)) {
            boolean escaped = escape > copied && field.charAt(escape - 1) == '\\';
            payload.append(field, copied, escaped ? escape - 1 : escape).append(escaped ? "\\n" : "\n");
            copied = escape + 2;
        }
        return payload.append(field, copied, field.length()).toString();
    }
}
