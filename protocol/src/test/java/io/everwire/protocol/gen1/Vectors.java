package io.everwire.protocol.gen1;

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

/** Reads the vectors of the original's encoder and decoder, and payloads in a form that tests can compare. */
final class Vectors {
    private Vectors() {}

    /** Returns the vectors of one file, without its first element, which names their origin. */
    static List<JsonNode> of(String file) {
        try {
            String json = Files.readString(Transcript.root().resolve("vectors/gen1/" + file));
            return StreamSupport.stream(JsonMapper.shared().readTree(json).spliterator(), false)
                    .skip(1)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The texts of an array. */
    static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asString)
                .toList();
    }

    /** The packets found in a payload. */
    static List<Bytes> split(Bytes payload) {
        List<Bytes> packets = new ArrayList<>();
        Gen1Framing framing = new Gen1Framing(payload);
        for (Bytes packet = framing.next(); packet != null; packet = framing.next()) {
            packets.add(packet);
        }
        return packets;
    }
}
