package io.everwire.netty;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Decodes the paths of files. Accepts only names below the folder, on every operating system. */
final class FilePath {
    private static final String WELL_KNOWN = ".well-known";

    private FilePath() {}

    /**
     * Returns the relative path that a part of a target stands for, with slashes between names; null if no file can
     * have it: because its form is invalid, or because a name could lead out of the folder, is hidden, or is a device
     * or a stream of Windows.
     */
    static @Nullable String decode(String path) {
        String decoded = percentDecode(path);
        if (decoded == null) {
            return null;
        }
        String[] names = decoded.split("/", -1);
        for (int i = 0; i < names.length; i++) {
            boolean last = i == names.length - 1;
            if (names[i].isEmpty() ? !last : !isName(names[i])) {
                return null;
            }
        }
        return decoded;
    }

    /** Returns whether a name names a file or a folder inside its folder, and is not hidden. */
    private static boolean isName(String name) {
        if ((name.startsWith(".") && !name.equals(WELL_KNOWN)) || name.endsWith(".") || name.endsWith(" ")) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < ' ' || c == 0x7F || "\\:*?\"<>|".indexOf(c) >= 0) {
                return false;
            }
        }
        String stem = name.indexOf('.') < 0 ? name : name.substring(0, name.indexOf('.'));
        return !stem.toUpperCase(Locale.ROOT).matches("CON|PRN|AUX|NUL|CLOCK\\$|(COM|LPT)[0-9]");
    }

    /** Returns the decoded text; null if it is not UTF-8, or has an encoded slash, whose meaning is not clear. */
    private static @Nullable String percentDecode(String path) {
        ByteBuffer bytes = ByteBuffer.allocate(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c != '%') {
                bytes.put((byte) c);
                continue;
            }
            int high = i + 2 < path.length() ? Character.digit(path.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(path.charAt(i + 2), 16);
            if (low < 0 || (char) (high * 16 + low) == '/') {
                return null;
            }
            bytes.put((byte) (high * 16 + low));
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException notUtf8) {
            return null;
        }
    }
}
