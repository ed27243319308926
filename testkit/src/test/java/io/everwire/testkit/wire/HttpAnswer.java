package io.everwire.testkit.wire;

import io.everwire.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The response to a request, as it arrived.
 *
 * @param stream whether it is chunked: its pieces then follow as outputs, and {@code body} is empty
 * @param headers names and values in turn
 */
record HttpAnswer(int status, boolean stream, List<String> headers, Bytes body) {
    /** Parses a head, without the empty line at its end. */
    static HttpAnswer parse(String head) {
        String[] lines = head.split("\r\n");
        if (!lines[0].matches("HTTP/1\\.[01] \\d{3} .*")) {
            throw new AssertionError("not a status line: " + lines[0]);
        }
        List<String> headers = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.add(lines[i].substring(0, colon));
            headers.add(lines[i].substring(colon + 1).strip());
        }
        HttpAnswer answer = new HttpAnswer(Integer.parseInt(lines[0].substring(9, 12)), false, headers, Bytes.EMPTY);
        return new HttpAnswer(answer.status, answer.has("Transfer-Encoding", "chunked"), headers, Bytes.EMPTY);
    }

    HttpAnswer with(byte[] whole) {
        return new HttpAnswer(status, stream, headers, Bytes.of(whole));
    }

    /** Returns the first value of a header, or null. The case of the name does not matter. */
    @Nullable
    String header(String name) {
        for (int i = 0; i < headers.size(); i += 2) {
            if (headers.get(i).equalsIgnoreCase(name)) {
                return headers.get(i + 1);
            }
        }
        return null;
    }

    boolean has(String name, String value) {
        return value.equalsIgnoreCase(header(name));
    }

    /** Returns whether a media type is the expected one. Containers write parameters in other ways, and add a charset. */
    static boolean sameType(String expected, String actual) {
        String known = expected.replace(" ", "");
        String sent = actual.replace(" ", "");
        return sent.equalsIgnoreCase(known)
                || (!known.contains(";") && sent.toLowerCase(Locale.ROOT).startsWith(known + ";charset="));
    }

    @Override
    public String toString() {
        return (stream ? "stream " + status : status) + " " + headers + (stream ? "" : " \"" + body + '"');
    }
}
