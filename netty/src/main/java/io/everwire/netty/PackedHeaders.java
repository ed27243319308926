package io.everwire.netty;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.Iterator;
import java.util.List;
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

    /** Names that nearly all clients send, as browsers write them: each is packed as one character, beginning with {@link #FIRST}. */
    private static final List<String> USUAL = List.of(
            "Host",
            "Connection",
            "Upgrade",
            "User-Agent",
            "Origin",
            "Accept",
            "Accept-Encoding",
            "Accept-Language",
            "Cache-Control",
            "Pragma",
            "Cookie",
            "Referer",
            "Sec-WebSocket-Key",
            "Sec-WebSocket-Version",
            "Sec-WebSocket-Extensions",
            "Sec-Fetch-Dest",
            "Sec-Fetch-Mode",
            "Sec-Fetch-Site",
            "X-Forwarded-For",
            "X-Forwarded-Proto");

    /** The first character that begins no name: those are ASCII (RFC 9110, section 5.1). A text of such ones takes a byte for each. */
    private static final char FIRST = 0x80;

    private PackedHeaders() {}

    static String pack(String target, HttpHeaders headers) {
        StringBuilder text = new StringBuilder(512).append(clean(target)).append(END);
        Iterator<Map.Entry<CharSequence, CharSequence>> each = headers.iteratorCharSequence();
        while (each.hasNext()) {
            Map.Entry<CharSequence, CharSequence> header = each.next();
            text.append(shortened(clean(header.getKey()))).append(END);
            text.append(clean(header.getValue())).append(END);
        }
        return text.toString();
    }

    /** What would be taken for a shortened name is none, and was never on a wire. */
    private static String shortened(String name) {
        int usual = USUAL.indexOf(name);
        if (usual >= 0) {
            return String.valueOf((char) (FIRST + usual));
        }
        return isShortened(name) ? "?" : name;
    }

    private static boolean isShortened(String name) {
        return name.length() == 1 && name.charAt(0) >= FIRST && name.charAt(0) < FIRST + USUAL.size();
    }

    private static String whole(String name) {
        return isShortened(name) ? USUAL.get(name.charAt(0) - FIRST) : name;
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
        int next = packed.indexOf(END);
        for (int at = next + 1; at < packed.length(); at = next + 1) {
            int end = packed.indexOf(END, at);
            next = packed.indexOf(END, end + 1);
            if (whole(packed.substring(at, end)).equalsIgnoreCase(name)) {
                return packed.substring(end + 1, next);
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
            visitor.accept(whole(packed.substring(at, end)), packed.substring(end + 1, next));
        }
    }
}
