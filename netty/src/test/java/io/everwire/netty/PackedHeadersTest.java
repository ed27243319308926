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
    private final PackedHeaders packed = PackedHeaders.of(headers);

    @Test
    void areFoundInAnyCase() {
        assertThat(packed.get("host")).isEqualTo("example.org");
        assertThat(packed.get("COOKIE")).isEqualTo("a=1; b=2");
        assertThat(packed.get("x-empty")).isEmpty();
    }

    @Test
    void theFirstOfSeveralCounts() {
        assertThat(packed.get("X-Forwarded-For")).isEqualTo("1.2.3.4");
    }

    @Test
    void valuesAreNotTakenForNames() {
        assertThat(packed.get("example.org")).isNull();
        assertThat(packed.get("")).isNull();
        assertThat(packed.get("Hos")).isNull();
        assertThat(PackedHeaders.NONE.get("Host")).isNull();
    }

    @Test
    void aLineEndIsNotTakenForTheirEnd() {
        HttpHeaders unchecked = DefaultHttpHeadersFactory.headersFactory()
                .withValidation(false)
                .newHeaders()
                .add("A", "1\nHost\nevil")
                .add("B", "2");
        assertThat(PackedHeaders.of(unchecked).get("A")).isEqualTo("1 Host evil");
        assertThat(PackedHeaders.of(unchecked).get("Host")).isNull();
        assertThat(PackedHeaders.of(unchecked).get("B")).isEqualTo("2");
    }

    @Test
    void areToldInOrder() {
        List<String> told = new ArrayList<>();
        packed.forEach((name, value) -> told.add(name + "=" + value));
        assertThat(told)
                .containsExactly(
                        "Host=example.org",
                        "Cookie=a=1; b=2",
                        "X-Empty=",
                        "x-forwarded-for=1.2.3.4",
                        "X-Forwarded-For=5.6.7.8");
    }
}
