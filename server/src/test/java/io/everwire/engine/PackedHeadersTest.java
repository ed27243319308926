package io.everwire.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PackedHeadersTest {
    private final String packed = pack(
            "/socket.io/?a=b",
            "Host",
            "example.org",
            "Cookie",
            "a=1; b=2",
            "X-Empty",
            "",
            "x-forwarded-for",
            "1.2.3.4",
            "X-Forwarded-For",
            "5.6.7.8");

    private static String pack(String target, String... headers) {
        List<Map.Entry<String, String>> entries = new ArrayList<>();
        for (int i = 0; i < headers.length; i += 2) {
            entries.add(Map.entry(headers[i], headers[i + 1]));
        }
        return PackedHeaders.pack(target, entries.iterator());
    }

    @Test
    void areFoundInAnyCase() {
        assertThat(PackedHeaders.header(packed, "host")).isEqualTo("example.org");
        assertThat(PackedHeaders.header(packed, "COOKIE")).isEqualTo("a=1; b=2");
        assertThat(PackedHeaders.header(packed, "x-empty")).isEmpty();
    }

    @Test
    void theFirstOfSeveralCounts() {
        assertThat(PackedHeaders.header(packed, "X-Forwarded-For")).isEqualTo("1.2.3.4");
    }

    @Test
    void valuesAreNotTakenForNames() {
        assertThat(PackedHeaders.header(packed, "example.org")).isNull();
        assertThat(PackedHeaders.header(packed, "")).isNull();
        assertThat(PackedHeaders.header(packed, "Hos")).isNull();
        assertThat(PackedHeaders.header(packed, "/socket.io/?a=b")).isNull();
        assertThat(PackedHeaders.header(pack("/"), "Host")).isNull();
    }

    @Test
    void aLineEndIsNotTakenForTheirEnd() {
        String cleaned = pack("/\nHost\nevil\n", "A", "1\nHost\nevil", "B", "2");
        assertThat(PackedHeaders.header(cleaned, "A")).isEqualTo("1 Host evil");
        assertThat(PackedHeaders.header(cleaned, "Host")).isNull();
        assertThat(PackedHeaders.header(cleaned, "B")).isEqualTo("2");
    }

    @Test
    void theTargetComesFirst() {
        assertThat(PackedHeaders.target(packed)).isEqualTo("/socket.io/?a=b");
    }

    @Test
    void areToldInOrder() {
        List<String> told = new ArrayList<>();
        PackedHeaders.forEach(packed, (name, value) -> told.add(name + "=" + value));
        assertThat(told)
                .containsExactly(
                        "Host=example.org",
                        "Cookie=a=1; b=2",
                        "X-Empty=",
                        "x-forwarded-for=1.2.3.4",
                        "X-Forwarded-For=5.6.7.8");
    }

    @Test
    void usualNamesTakeOneCharacter() {
        String one = pack("/", "Sec-WebSocket-Version", "13");
        assertThat(one).hasSize("/\nN\n13\n".length());
        assertThat(PackedHeaders.header(one, "sec-websocket-version")).isEqualTo("13");
    }

    @Test
    void namesThatLookPackedAreReplaced() {
        assertThat(PackedHeaders.header(pack("/", "\u0080", "evil"), "Host")).isNull();
    }
}
