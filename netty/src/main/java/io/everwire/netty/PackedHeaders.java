package io.everwire.netty;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.Iterator;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Headers in one text, for those that are kept as long as a session lives and hardly looked at: a browser's take some hundred bytes
 * so, and some thousand as objects (benchmark {@code idle}). Immutable.
 */
final class PackedHeaders {
    static final PackedHeaders NONE = new PackedHeaders("");

    /** Ends each name and each value. None that was read from a connection can hold it: it would have ended there. */
    private static final char END = '\n';

    private final String text;

    private PackedHeaders(String text) {
        this.text = text;
    }

    static PackedHeaders of(HttpHeaders headers) {
        StringBuilder text = new StringBuilder(512);
        Iterator<Map.Entry<CharSequence, CharSequence>> each = headers.iteratorCharSequence();
        while (each.hasNext()) {
            Map.Entry<CharSequence, CharSequence> header = each.next();
            text.append(clean(header.getKey())).append(END);
            text.append(clean(header.getValue())).append(END);
        }
        return new PackedHeaders(text.toString());
    }

    /** A pipeline of somebody else may hand us headers that were never on a wire. */
    private static String clean(CharSequence part) {
        String string = part.toString();
        return string.indexOf(END) < 0 ? string : string.replace(END, ' ');
    }

    /** The first value of a header, or null; the name in any case. */
    @Nullable
    String get(String name) {
        int end;
        for (int at = 0; at < text.length(); at = text.indexOf(END, end + 1) + 1) {
            end = text.indexOf(END, at);
            if (end - at == name.length() && text.regionMatches(true, at, name, 0, name.length())) {
                return text.substring(end + 1, text.indexOf(END, end + 1));
            }
        }
        return null;
    }

    /** Every header, in order. */
    void forEach(BiConsumer<String, String> visitor) {
        int next;
        for (int at = 0; at < text.length(); at = next + 1) {
            int end = text.indexOf(END, at);
            next = text.indexOf(END, end + 1);
            visitor.accept(text.substring(at, end), text.substring(end + 1, next));
        }
    }
}
