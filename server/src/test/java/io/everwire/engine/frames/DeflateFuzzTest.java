package io.everwire.engine.frames;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.everwire.engine.Compression;
import io.everwire.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;

/** Arbitrary compressed messages and offers are expanded within the limits or rejected. */
class DeflateFuzzTest {
    private static final int MAX = 100_000;
    private static final Compression.Deflate OPTIONS = new Compression.Deflate(1, false, 1);

    private final MessageDeflate deflate = new MessageDeflate(OPTIONS, MAX, true, DeflatePair::new);

    @FuzzTest
    void fuzzInflate(byte[] message) {
        try {
            assertThat(deflate.inflate(message).length).isLessThanOrEqualTo(MAX);
        } catch (MessageDeflate.TooLarge | DataFormatException refused) {
            assertThat(message).isNotEmpty();
        }
    }

    @FuzzTest
    void fuzzBothWays(byte[] message) throws Exception {
        if (message.length > 0 && message.length <= 64 * 1024) {
            assertThat(deflate.inflate(deflate.deflate(Bytes.of(message)).toByteArray()))
                    .isEqualTo(message);
        }
    }

    @FuzzTest
    void fuzzOffers(byte[] offers) {
        String answer = DeflateOffer.accept(new String(offers, StandardCharsets.ISO_8859_1), OPTIONS);
        assertThat(answer == null || answer.startsWith("permessage-deflate;")).isTrue();
    }
}
