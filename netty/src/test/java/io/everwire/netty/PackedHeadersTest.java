package io.everwire.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PackedHeadersTest {
    private final HttpHeaders headers = new DefaultHttpHeaders()
            .add("Host", "example.org")
            .add("Cookie", "a=1; b=2")
            .add("X-Empty", "")
            .add("x-forwarded-for", "1.2.3.4")
            .add("X-Forwarded-For", "5.6.7.8");
    private final String packed = PackedHeaders.pack("/socket.io/?a=b", headers);

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
        assertThat(PackedHeaders.header(PackedHeaders.pack("/", new DefaultHttpHeaders()), "Host"))
                .isNull();
    }

    @Test
    void aLineEndIsNotTakenForTheirEnd() {
        HttpHeaders unchecked = DefaultHttpHeadersFactory.headersFactory()
                .withValidation(false)
                .newHeaders()
                .add("A", "1\nHost\nevil")
                .add("B", "2");
        String cleaned = PackedHeaders.pack("/\nHost\nevil\n", unchecked);
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
        HttpHeaders usual = new DefaultHttpHeaders().add("Sec-WebSocket-Version", "13");
        String one = PackedHeaders.pack("/", usual);
        assertThat(one).hasSize("/\nN\n13\n".length());
        assertThat(PackedHeaders.header(one, "sec-websocket-version")).isEqualTo("13");
    }

    @Test
    void namesThatLookPackedAreReplaced() {
        HttpHeaders unchecked = DefaultHttpHeadersFactory.headersFactory()
                .withValidation(false)
                .newHeaders()
                .add("\u0080", "evil");
        assertThat(PackedHeaders.header(PackedHeaders.pack("/", unchecked), "Host"))
                .isNull();
    }
}
