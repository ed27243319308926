package io.everwire.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Response;
import io.everwire.protocol.wire.RecordedHead;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentCodingTest {
    /** As the Node server chooses (accepts 1.3.8, {@code encodings(["gzip", "deflate"])}). */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip                         | GZIP",
                "deflate                      | DEFLATE",
                "gzip, deflate, br, zstd      | GZIP",
                "deflate, gzip                | DEFLATE",
                "gzip;q=0.5, deflate          | DEFLATE",
                "gzip;q=0.5, deflate ; q=0.25 | GZIP",
                "GZIP                         | GZIP",
                "*                            | GZIP",
                "gzip;q=0, *                  | DEFLATE",
                "gzip;q=0.1, *;q=0.9          | DEFLATE",
                "gzip;q=0, deflate;q=0, *     | ",
                "gzip;q=0                     | ",
                "*;q=0                        | ",
                "br                           | ",
                "identity                     | ",
                "gzip;q=x                     | ",
                "gzipped                      | ",
                ",;=,                         | ",
            })
    void theClientsFavouriteIsTaken(String header, ContentCoding expected) {
        assertThat(ContentCoding.accepted(header)).isEqualTo(expected);
    }

    @Test
    void withoutAHeaderNothingIsCompressed() {
        assertThat(ContentCoding.accepted(null)).isNull();
    }

    @Test
    void noHeaderMakesItFail() {
        Random random = new Random(42);
        String alphabet = "gzipdeflate*,;q=.019 \t";
        for (int i = 0; i < 50_000; i++) {
            StringBuilder header = new StringBuilder();
            for (int length = random.nextInt(30); length > 0; length--) {
                header.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            ContentCoding.accepted(header.toString());
        }
    }

    @Test
    void aBodyTooLargeToBeCompressedOnTheEventLoopIsSentUnchanged() {
        RecordedHead head = RecordedHead.get("/", "Accept-Encoding", "gzip");
        Response large = new Response(200, List.of(), Bytes.of(new byte[1024 * 1024 + 1]), true);
        Response fits = new Response(200, List.of(), Bytes.of(new byte[1024 * 1024]), true);

        assertThat(ContentCoding.apply(head, large, 1)).isSameAs(large);
        assertThat(ContentCoding.apply(head, fits, 1).headers()).containsExactly("Content-Encoding", "gzip");
        assertThat(ContentCoding.apply(head, fits, Integer.MAX_VALUE)).isSameAs(fits);
    }
}
