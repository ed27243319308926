package io.everwire.engine;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The content codings that clients may ask for (RFC 9110, section 12.5.3) and the JDK can write. */
enum ContentCoding {
    /** RFC 1952. */
    GZIP,
    /** RFC 1950: zlib, in spite of the name. */
    DEFLATE;

    /** The fastest level: the better ones cost several times as much. */
    private static final int LEVEL = Deflater.BEST_SPEED;

    /**
     * Larger responses are not compressed: this would block all other connections of the event loop for 10 ms and more.
     */
    private static final int MAX_LENGTH = 1024 * 1024;

    /** Returns the response, compressed if that is worth it and the client accepts it. */
    static Response apply(RequestHead head, Response response, int threshold) {
        int length = response.body().length();
        if (!response.compress() || length < threshold || length == 0 || length > MAX_LENGTH) {
            return response;
        }
        ContentCoding coding = accepted(head.header("Accept-Encoding"));
        return coding == null ? response : coding.encode(response);
    }

    /**
     * Returns the coding that the client prefers, or null if it accepts none of these. Of equals the first one is
     * preferred.
     */
    static @Nullable ContentCoding accepted(@Nullable String header) {
        if (header == null) {
            return null;
        }
        ContentCoding best = null;
        double bestWeight = 0;
        double rest = 0;
        Set<String> named = new HashSet<>();
        for (String entry :
                header.toLowerCase(Locale.ROOT).replaceAll("[ \t]", "").split(",", -1)) {
            String name = entry.split(";", 2)[0];
            double weight = weight(entry);
            named.add(name);
            if (name.equals("*")) {
                rest = weight;
            } else if (weight > bestWeight && (name.equals("gzip") || name.equals("deflate"))) {
                best = name.equals("gzip") ? GZIP : DEFLATE;
                bestWeight = weight;
            }
        }
        if (rest <= bestWeight || named.containsAll(Set.of("gzip", "deflate"))) {
            return best;
        }
        return named.contains("gzip") ? DEFLATE : GZIP;
    }

    /**
     * Encodes the body.
     *
     * @param level the compression level, 1 to 9
     */
    Bytes encode(Bytes body, int level) {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream(body.length() / 4 + 64);
        Deflater deflater = new Deflater(level);
        try (OutputStream out = this == GZIP ? new Gzip(encoded, level) : new DeflaterOutputStream(encoded, deflater)) {
            out.write(body.array(), body.offset(), body.length());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } finally {
            deflater.end();
        }
        return Bytes.of(encoded.toByteArray());
    }

    /** Returns its name on the wire. */
    String token() {
        return name().toLowerCase(Locale.ROOT);
    }

    private Response encode(Response response) {
        List<String> headers = new ArrayList<>(response.headers());
        headers.add("Content-Encoding");
        headers.add(token());
        return new Response(response.status(), headers, encode(response.body(), LEVEL));
    }

    /** Returns the weight after {@code q=}, from 0 to 1; 1 if it is missing, 0 if it cannot be read. */
    private static double weight(String entry) {
        int q = entry.indexOf(";q=");
        if (q < 0) {
            return 1;
        }
        String value = entry.substring(q + 3);
        return value.matches("[01](\\.[0-9]{0,3})?") ? Math.min(1, Double.parseDouble(value)) : 0;
    }

    private static final class Gzip extends GZIPOutputStream {
        Gzip(OutputStream out, int level) throws IOException {
            super(out);
            def.setLevel(level);
        }
    }
}
