package io.everwire.protocol.eio3;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.text.Query;
import io.everwire.protocol.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How one client writes text that is not ASCII: once in UTF-8, as everybody does, or twice, as the clients 1.x do where their
 * transport carries text. Known from the first request, or learnt from what the client writes; the wire card explains it.
 */
final class Eio3Dialect {
    /** The cache buster up to 1.3: the time in milliseconds and a counter. Since 1.4 it is a short word (engine.io-client 1.6). */
    private static final Pattern OLD_CACHE_BUSTER = Pattern.compile("\\d{13}-\\d+");

    /** The value of {@code EIO} that 1.0.x sends (engine.io-client 1.2 and 1.3). */
    private static final String OLDEST = "2";

    private enum Writes {
        /** As long as nothing was seen that tells. */
        UNKNOWN,
        /** Text was seen that is UTF-8 when its characters are taken for bytes. */
        PROBABLY_TWICE,
        TWICE,
        ONCE
    }

    private final boolean oldest;
    private final boolean old;
    private Writes writes;

    private Eio3Dialect(boolean oldest, boolean old) {
        this.oldest = oldest;
        this.old = old;
        this.writes = old ? Writes.TWICE : Writes.UNKNOWN;
    }

    /** What the first request of a session tells. */
    static Eio3Dialect of(String target) {
        boolean oldest = OLDEST.equals(Query.value(target, "EIO"));
        String cacheBuster = Query.value(target, "t");
        boolean old =
                cacheBuster != null && OLD_CACHE_BUSTER.matcher(cacheBuster).matches();
        return new Eio3Dialect(oldest, oldest || old);
    }

    /** Whether the client reads its polls as binary whatever they are: 1.0 to 1.3, where they may. */
    boolean readsBinary() {
        return old;
    }

    /** Text of a polling body, read as the client meant it. */
    Bytes fromPoll(Bytes text) {
        return writes == Writes.ONCE || isAscii(text) ? text : read(text);
    }

    /** Text of a WebSocket, read as the client meant it. */
    Bytes fromLine(Bytes text) {
        return !oldest || isAscii(text) ? text : read(text);
    }

    /** Text for a polling body, as the client reads it. All but names of namespaces is ASCII, where there is no difference. */
    Bytes toPoll(Bytes text) {
        boolean twice = writes == Writes.TWICE || writes == Writes.PROBABLY_TWICE;
        return twice && !isAscii(text) ? encodeAgain(text) : text;
    }

    /** Text for a WebSocket, as the client reads it. */
    Bytes toLine(Bytes text) {
        return oldest && !isAscii(text) ? encodeAgain(text) : text;
    }

    private Bytes read(Bytes text) {
        Bytes once = undoSecondEncoding(text);
        boolean twice = once != null && Utf8.isValid(once.array(), once.offset(), once.end());
        if (writes != Writes.TWICE) {
            writes = twice ? Writes.PROBABLY_TWICE : Writes.ONCE;
        }
        if (writes == Writes.TWICE && once != null && !twice) {
            // A lone surrogate, which these clients write as if it were a character.
            return Bytes.utf8(once.toString());
        }
        return once != null && twice ? once : text;
    }

    /** The bytes that the characters of {@code text} stand for, or null if one is no byte (or there are no characters). */
    private static @Nullable Bytes undoSecondEncoding(Bytes text) {
        byte[] bytes = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            int b = text.at(i) & 0xFF;
            if (b >= 0x80) {
                // U+0080 to U+00FF are two bytes, the first of them C2 or C3.
                if ((b != 0xC2 && b != 0xC3) || i + 1 == text.length() || (text.at(i + 1) & 0xC0) != 0x80) {
                    return null;
                }
                b = ((b & 0x03) << 6) | (text.at(++i) & 0x3F);
            }
            bytes[length++] = (byte) b;
        }
        return Bytes.of(bytes, 0, length);
    }

    private static Bytes encodeAgain(Bytes text) {
        String bytes = new String(text.array(), text.offset(), text.length(), StandardCharsets.ISO_8859_1);
        return Bytes.utf8(bytes);
    }

    static boolean isAscii(Bytes text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.at(i) < 0) {
                return false;
            }
        }
        return true;
    }
}
