package io.everwire.servlet;

import io.everwire.protocol.text.Utf8;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of a form that a filter of the application has read before, by {@code getParameter}: it is written again from
 * the parameters. Old clients send forms; filters that look for a token or a method read them.
 */
final class FormBody {
    private static final String FORM = "application/x-www-form-urlencoded";

    private FormBody() {}

    /**
     * Returns whether the body of {@code request} may have been read as parameters. The header is read as it is: Jetty's
     * {@code getContentType} throws for an unknown charset (Jetty 12.1, {@code ServletApiRequest}).
     */
    static boolean isForm(HttpServletRequest request) {
        String type = request.getHeader("Content-Type");
        return type != null && type.toLowerCase(Locale.ROOT).startsWith(FORM);
    }

    /** Returns the body that the parameters of {@code request} were read from, or null if it is no form. */
    static byte @Nullable [] of(HttpServletRequest request) {
        if (!isForm(request)) {
            return null;
        }
        Map<String, Integer> ofQuery = countQuery(request.getQueryString());
        StringBuilder body = new StringBuilder();
        for (Map.Entry<String, String[]> parameter : request.getParameterMap().entrySet()) {
            String[] values = parameter.getValue();
            // The values of the query come first (Servlet 6.0, section 3.1).
            for (int i = ofQuery.getOrDefault(parameter.getKey(), 0); i < values.length; i++) {
                body.append(body.length() == 0 ? "" : "&")
                        .append(encoded(parameter.getKey(), request.getCharacterEncoding()))
                        .append('=')
                        .append(encoded(values[i], request.getCharacterEncoding()));
            }
        }
        return body.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static Map<String, Integer> countQuery(@Nullable String query) {
        Map<String, Integer> counts = new HashMap<>();
        if (query != null) {
            for (String pair : query.split("&", -1)) {
                if (!pair.isEmpty()) {
                    counts.merge(decoded(pair.split("=", 2)[0]), 1, Integer::sum);
                }
            }
        }
        return counts;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }

    /**
     * Returns the bytes that the container decoded, in the form of a URL. All clients send UTF-8; a container may have
     * taken it for Latin-1, unless a filter set the encoding (Servlet 6.0, section 3.12).
     */
    private static String encoded(String text, @Nullable String charset) {
        byte[] latin1 = text.getBytes(StandardCharsets.ISO_8859_1);
        boolean all = text.equals(new String(latin1, StandardCharsets.ISO_8859_1));
        boolean misread = charset == null && all && Utf8.isValid(latin1, 0, latin1.length);
        return URLEncoder.encode(text, misread ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }
}
