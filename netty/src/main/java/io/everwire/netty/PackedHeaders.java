package io.everwire.netty;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.Iterator;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The target and the headers of a request in one text, for requests that are kept as long as a session lives and hardly looked at:
 * a browser's take some hundred bytes so, and some thousand as objects (benchmark {@code idle}).
 */
final class PackedHeaders {
    /** Ends each part. None that was read from a connection can hold it: it would have ended there. */
    private static final char END = '\n';

    private PackedHeaders() {}

    static String pack(String target, HttpHeaders headers) {
        StringBuilder text = new StringBuilder(512).append(clean(target)).append(END);
        Iterator<Map.Entry<CharSequence, CharSequence>> each = headers.iteratorCharSequence();
        while (each.hasNext()) {
            Map.Entry<CharSequence, CharSequence> header = each.next();
            text.append(clean(header.getKey())).append(END);
            text.append(clean(header.getValue())).append(END);
        }
        return text.toString();
    }

    /** A pipeline of somebody else may hand us what was never on a wire. */
    private static String clean(CharSequence part) {
        String string = part.toString();
        return string.indexOf(END) < 0 ? string : string.replace(END, ' ');
    }

    static String target(String packed) {
        return packed.substring(0, packed.indexOf(END));
    }

    /** The first value of a header, or null; the name in any case. */
    static @Nullable String header(String packed, String name) {
        int end = packed.indexOf(END);
        for (int at = end + 1; at < packed.length(); at = packed.indexOf(END, end + 1) + 1) {
            end = packed.indexOf(END, at);
            if (end - at == name.length() && packed.regionMatches(true, at, name, 0, name.length())) {
                return packed.substring(end + 1, packed.indexOf(END, end + 1));
            }
        }
        return null;
    }

    /** Every header, in order. */
    static void forEach(String packed, BiConsumer<String, String> visitor) {
        int next = packed.indexOf(END);
        for (int at = next + 1; at < packed.length(); at = next + 1) {
            int end = packed.indexOf(END, at);
            next = packed.indexOf(END, end + 1);
            visitor.accept(packed.substring(at, end), packed.substring(end + 1, next));
        }
    }
}
