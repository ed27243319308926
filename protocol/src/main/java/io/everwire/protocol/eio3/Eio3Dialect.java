package io.everwire.protocol.eio3;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.text.Query;
import io.everwire.protocol.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The encoding in which one client writes text that is not ASCII: UTF-8 once, or twice, as clients 1.x do if their
 * transport carries text.
 *
 * <p>It is known from the first request, or learnt from the text that the client sends; the wire card lists the
 * dialects.
 *
 * <p>Example: {@code é} is {@code c3 a9} once, and {@code c3 83 c2 a9} twice.
 */
final class Eio3Dialect {
    /**
     * The cache buster up to 1.3: the time in milliseconds and a counter, {@code 1405512345678-0}. Since 1.4 it is a
     * short word (engine.io-client 1.6).
     */
    private static final Pattern OLD_CACHE_BUSTER = Pattern.compile("\\d{13}-\\d+");

    /** The value of {@code EIO} that 1.0.x sends (engine.io-client 1.2 and 1.3). */
    private static final String OLDEST = "2";

    /** Set for 1.0, which encodes twice on a WebSocket, too. */
    private final boolean oldest;
    /** Set for 1.0 to 1.3, known by their cache buster: no text changes this. */
    private final boolean old;
    /** Set when a text was seen that is valid UTF-8 if its characters are taken for bytes. */
    private boolean seenTwice;
    /** Set when a text was seen that no client produces by encoding twice. */
    private boolean seenOnce;

    /** Starts with the encoding that the first request shows. */
    private Eio3Dialect(boolean oldest, boolean old) {
        this.oldest = oldest;
        this.old = old;
    }

    /** Returns the dialect that the first request of a session shows. */
    static Eio3Dialect of(String target) {
        String cacheBuster = Query.value(target, "t");
        boolean old =
                cacheBuster != null && OLD_CACHE_BUSTER.matcher(cacheBuster).matches();
        return new Eio3Dialect(OLDEST.equals(Query.value(target, "EIO")), old);
    }

    /** Returns whether the client reads every poll in the binary framing: 1.0 to 1.3, unless they take no binary. */
    boolean readsBinary() {
        return old || oldest;
    }

    /** Returns text of a polling body as the client meant it. */
    Bytes fromPoll(Bytes text) {
        return seenOnce || isAscii(text) ? text : read(text);
    }

    /** Returns text of a WebSocket as the client meant it. */
    Bytes fromLine(Bytes text) {
        return !oldest || seenOnce || isAscii(text) ? text : read(text);
    }

    /**
     * Returns text for a polling body in the client's encoding. All text except for names of namespaces is ASCII, which
     * is the same in both encodings.
     */
    Bytes toPoll(Bytes text) {
        boolean twice = old || oldest || seenTwice;
        return twice && !seenOnce && !isAscii(text) ? encodeAgain(text) : text;
    }

    /** Returns text for a WebSocket in the client's encoding. */
    Bytes toLine(Bytes text) {
        return oldest && !seenOnce && !isAscii(text) ? encodeAgain(text) : text;
    }

    /**
     * Decodes text that is not ASCII, and learns from it unless the client is known. A text that is no UTF-8 when its
     * characters are taken for bytes is left as it is. It shows a client that encodes once: 2.x, or another client with
     * {@code EIO=2}, such as that of Cocos.
     */
    private Bytes read(Bytes text) {
        Bytes once = undoSecondEncoding(text);
        if (once == null || !isEncodedByScript(once)) {
            seenOnce = !old;
            return text;
        }
        seenTwice = true;
        boolean valid = Utf8.isValid(once.array(), once.offset(), once.end());
        // A lone surrogate, which these clients encode like a character, becomes U+FFFD.
        return valid ? once : Bytes.utf8(once.toString());
    }

    /**
     * Returns whether the bytes are UTF-8 as scripts write it: with surrogates, each of which is three bytes from ED A0
     * 80 on (wtf-8, utf8.js 1.2 and 2.0).
     */
    private static boolean isEncodedByScript(Bytes text) {
        byte[] bytes = new byte[text.length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = text.at(i);
            boolean surrogate = i >= 2
                    && text.at(i - 2) == (byte) 0xED
                    && (text.at(i - 1) & 0xE0) == 0xA0
                    && (text.at(i) & 0xC0) == 0x80;
            if (surrogate) {
                bytes[i - 2] = '?';
                bytes[i - 1] = '?';
                bytes[i] = '?';
            }
        }
        return Utf8.isValid(bytes, 0, bytes.length);
    }

    /**
     * Returns the bytes that the characters of {@code text} represent; null if one is above U+00FF or if the text is
     * not UTF-8.
     */
    private static @Nullable Bytes undoSecondEncoding(Bytes text) {
        byte[] bytes = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            int b = text.at(i) & 0xFF;
            if (b >= 0x80) {
                // U+0080 to U+00FF are two bytes, the first of which is C2 or C3.
                if ((b != 0xC2 && b != 0xC3) || i + 1 == text.length() || (text.at(i + 1) & 0xC0) != 0x80) {
                    return null;
                }
                b = ((b & 0x03) << 6) | (text.at(++i) & 0x3F);
            }
            bytes[length++] = (byte) b;
        }
        return Bytes.of(bytes, 0, length);
    }

    /** Returns UTF-8 of text whose characters are the bytes of {@code text}. */
    private static Bytes encodeAgain(Bytes text) {
        String bytes = new String(text.array(), text.offset(), text.length(), StandardCharsets.ISO_8859_1);
        return Bytes.utf8(bytes);
    }

    /** Returns whether all bytes are below 0x80. */
    static boolean isAscii(Bytes text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.at(i) < 0) {
                return false;
            }
        }
        return true;
    }
}
