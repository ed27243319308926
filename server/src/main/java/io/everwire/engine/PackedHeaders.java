package io.everwire.engine;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Packs the target and the headers of a request into one string. Used for requests that a session keeps and seldom
 * reads: those of a browser take some hundred bytes packed, and some thousand as objects (benchmark {@code idle}).
 */
public final class PackedHeaders {
    /** Ends each part. A part that was read from a connection cannot contain it, because it ends a line there. */
    private static final char END = '\n';

    /**
     * Names that nearly all clients send, as browsers write them. Each is packed as one character, the first as
     * {@link #FIRST}.
     */
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

    /**
     * The first character that begins no name: names are ASCII (RFC 9110, section 5.1). Below 0x100, so that Java
     * stores a byte each.
     */
    private static final char FIRST = 0x80;

    private PackedHeaders() {}

    /**
     * Returns the packed form of a target and its headers.
     *
     * @param headers names and values, in order
     */
    public static String pack(
            String target, Iterator<? extends Map.Entry<? extends CharSequence, ? extends CharSequence>> headers) {
        StringBuilder text = new StringBuilder(512).append(clean(target)).append(END);
        while (headers.hasNext()) {
            Map.Entry<? extends CharSequence, ? extends CharSequence> header = headers.next();
            text.append(shortened(clean(header.getKey()))).append(END);
            text.append(clean(header.getValue())).append(END);
        }
        return text.toString();
    }

    /**
     * Returns the packed form of a name. A name that looks like one is invalid, was never on a wire, and becomes
     * {@code ?}.
     */
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

    /** Replaces {@link #END}: a handler of the application may have created a request that was never on a wire. */
    private static String clean(CharSequence part) {
        String string = part.toString();
        return string.indexOf(END) < 0 ? string : string.replace(END, ' ');
    }

    /** Returns the target of a packed request. */
    public static String target(String packed) {
        return packed.substring(0, packed.indexOf(END));
    }

    /** Returns the first value of a header, or null. The case of {@code name} does not matter. */
    public static @Nullable String header(String packed, String name) {
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

    /** Calls {@code visitor} with the name and the value of every header, in order. */
    public static void forEach(String packed, BiConsumer<String, String> visitor) {
        int next = packed.indexOf(END);
        for (int at = next + 1; at < packed.length(); at = next + 1) {
            int end = packed.indexOf(END, at);
            next = packed.indexOf(END, end + 1);
            visitor.accept(whole(packed.substring(at, end)), packed.substring(end + 1, next));
        }
    }
}
