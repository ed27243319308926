package io.everwire.netty;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A file that was found.
 *
 * @param file the file to read, or null
 * @param bytes the content, or null if it must be read
 * @param length the number of bytes
 * @param type the media type; for a redirection, its address
 * @param tag the entity tag
 * @param changed the time of the last change in milliseconds, or −1 if it is unknown
 * @param headers further headers, names and values in turn
 */
@SuppressWarnings("ArrayRecordComponent") // The array is not written to, and instances are not compared.
record FileContent(
        @Nullable Path file,
        byte @Nullable [] bytes,
        long length,
        String type,
        String tag,
        long changed,
        List<String> headers) {
    /** The form of RFC 9110, section 5.6.7. The JDK's own writes days with one digit. */
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

    /** Returns a redirection to a path relative to that of the request. */
    static FileContent redirect(String location) {
        return new FileContent(null, null, 0, location, "", -1, List.of());
    }

    /** Returns whether the request is redirected to {@link #type}. */
    boolean isRedirect() {
        return file == null && bytes == null;
    }

    FileContent with(List<String> more) {
        return isRedirect() ? this : new FileContent(file, bytes, length, type, tag, changed, more);
    }

    /** Returns the headers of the response that do not depend on the connection. */
    List<String> responseHeaders() {
        List<String> all = new ArrayList<>(List.of("ETag", tag, "X-Content-Type-Options", "nosniff"));
        if (changed >= 0) {
            all.add("Last-Modified");
            all.add(date(changed));
        }
        all.addAll(headers);
        return all;
    }

    /**
     * Returns whether the client has this content (RFC 9110, section 13.2.2).
     *
     * @param noneMatch the header {@code If-None-Match}, or null
     * @param modifiedSince the header {@code If-Modified-Since}, or null
     */
    boolean isKnown(@Nullable String noneMatch, @Nullable String modifiedSince) {
        if (noneMatch != null) {
            for (String one : noneMatch.split(",", -1)) {
                String other = one.strip();
                if (other.equals("*") || weak(other).equals(weak(tag))) {
                    return true;
                }
            }
            return false;
        }
        if (modifiedSince == null || changed < 0) {
            return false;
        }
        try {
            Instant since = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(modifiedSince));
            return changed / 1000 <= since.getEpochSecond();
        } catch (DateTimeParseException notADate) {
            return false;
        }
    }

    private static String weak(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }

    private static String date(long millis) {
        return DATE.format(Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC));
    }
}
