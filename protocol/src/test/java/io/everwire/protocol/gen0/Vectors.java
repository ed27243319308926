package io.everwire.protocol.gen0;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.wire.Transcript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the vectors of the original's encoder and decoder, and frames in a form that tests can compare. */
final class Vectors {
    private Vectors() {}

    /** Returns the vectors of one file, without its first element, which names their origin. */
    static List<JsonNode> of(String file) {
        try {
            String json = Files.readString(Transcript.root().resolve("vectors/gen0/" + file));
            return StreamSupport.stream(JsonMapper.shared().readTree(json).spliterator(), false)
                    .skip(1)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns text as it arrives from the wire: lone surrogates, which JavaScript has and UTF-8 lacks, are U+FFFD. */
    static String wire(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().map(c -> c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c).forEach(out::appendCodePoint);
        return out.toString();
    }

    /** Returns the bodies of all frames that can be read. */
    static List<Bytes> decode(Bytes payload) {
        List<Bytes> bodies = new ArrayList<>();
        Gen0Framing frames = new Gen0Framing(payload);
        for (Bytes body = frames.next(); body != null; body = frames.next()) {
            bodies.add(body);
        }
        return bodies;
    }

    /** Returns the bodies of all frames that can be read, as texts. */
    static List<String> decode(String payload) {
        return decode(Bytes.utf8(payload)).stream().map(Bytes::toString).toList();
    }
}
