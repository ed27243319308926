package io.everwire.jackson;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.BufferRecycler;
import tools.jackson.databind.json.JsonMapper;

class RecyclerSlotsTest {
    private final RecyclerSlots slots = new RecyclerSlots();
    private final JsonMapper mapper =
            new JsonMapper(JsonFactory.builder().recyclerPool(slots).build());

    @Test
    void buffersAreUsedAgain() {
        mapper.readValue("\"text\"", String.class);
        assertThat(slots.pooledCount()).isEqualTo(1);
        BufferRecycler kept = slots.acquirePooled();
        char[] buffer = kept.allocCharBuffer(BufferRecycler.CHAR_TOKEN_BUFFER);
        kept.releaseCharBuffer(BufferRecycler.CHAR_TOKEN_BUFFER, buffer);
        slots.releasePooled(kept);

        assertThat(slots.acquirePooled().allocCharBuffer(BufferRecycler.CHAR_TOKEN_BUFFER))
                .isSameAs(buffer);
    }

    /** B11: 64 threads that each read a long text kept 8 MB. */
    @Test
    void largeBuffersAreNotKept() {
        mapper.readValue("\"" + "x".repeat(90_000) + "\"", String.class);
        mapper.readValue(
                ("\"" + "x".repeat(90_000) + "\"").getBytes(java.nio.charset.StandardCharsets.UTF_8), String.class);

        BufferRecycler kept = slots.acquirePooled();
        for (int kind = 0; kind < 4; kind++) {
            assertThat(kept.allocCharBuffer(kind)).hasSizeLessThanOrEqualTo(16 * 1024);
            assertThat(kept.allocByteBuffer(kind)).hasSizeLessThanOrEqualTo(32 * 1024);
        }
    }
}
