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

    /** The encoding of text in polling bodies, as far as it is known. */
    private enum Writes {
        /** No text has shown it yet. */
        UNKNOWN,
        /** A text was seen that is valid UTF-8 if its characters are taken for bytes. */
        PROBABLY_TWICE,
        /** The first request has shown a client 1.0 to 1.3. */
        TWICE,
        /** A text was seen that cannot be encoded twice. */
        ONCE
    }

    /** Set for 1.0, which encodes twice on a WebSocket, too. */
    private final boolean oldest;
    /** Set for 1.0 to 1.3. */
    private final boolean old;

    private Writes writes;

    /** Starts with the encoding that the first request shows. */
    private Eio3Dialect(boolean oldest, boolean old) {
        this.oldest = oldest;
        this.old = old;
        this.writes = old ? Writes.TWICE : Writes.UNKNOWN;
    }

    /** Returns the dialect that the first request of a session shows. */
    static Eio3Dialect of(String target) {
        boolean oldest = OLDEST.equals(Query.value(target, "EIO"));
        String cacheBuster = Query.value(target, "t");
        boolean old =
                cacheBuster != null && OLD_CACHE_BUSTER.matcher(cacheBuster).matches();
        return new Eio3Dialect(oldest, oldest || old);
    }

    /** Returns whether the client reads every poll in the binary framing: 1.0 to 1.3, unless they take no binary. */
    boolean readsBinary() {
        return old;
    }

    /** Returns text of a polling body as the client meant it. */
    Bytes fromPoll(Bytes text) {
        return writes == Writes.ONCE || isAscii(text) ? text : read(text);
    }

    /** Returns text of a WebSocket as the client meant it. */
    Bytes fromLine(Bytes text) {
        return !oldest || isAscii(text) ? text : read(text);
    }

    /**
     * Returns text for a polling body in the client's encoding. All text except for names of namespaces is ASCII, which
     * is the same in both encodings.
     */
    Bytes toPoll(Bytes text) {
        boolean twice = writes == Writes.TWICE || writes == Writes.PROBABLY_TWICE;
        return twice && !isAscii(text) ? encodeAgain(text) : text;
    }

    /** Returns text for a WebSocket in the client's encoding. */
    Bytes toLine(Bytes text) {
        return oldest && !isAscii(text) ? encodeAgain(text) : text;
    }

    /**
     * Decodes text that is not ASCII, and learns from it if the client's encoding is not certain. One text that cannot
     * be encoded twice shows a client 2.x.
     */
    private Bytes read(Bytes text) {
        Bytes once = undoSecondEncoding(text);
        boolean twice = once != null && Utf8.isValid(once.array(), once.offset(), once.end());
        if (writes != Writes.TWICE) {
            writes = twice ? Writes.PROBABLY_TWICE : Writes.ONCE;
        }
        if (writes == Writes.TWICE && once != null && !twice) {
            // A lone surrogate, which these clients encode like a character; it becomes U+FFFD.
            return Bytes.utf8(once.toString());
        }
        return once != null && twice ? once : text;
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
