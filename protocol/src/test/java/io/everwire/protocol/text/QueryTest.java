package io.everwire.protocol.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "/, none",
                "/?, none",
                "/a=1, none",
                "/?a, ''",
                "/?a=, ''",
                "/?a=1, 1",
                "/?b=2&a=1, 1",
                "/?a=1&b=2, 1",
                "/?a=1&a=2, 2",
                "/?a=1&a, ''",
                "/?aa=1, none",
                "/?b=a=1, none",
                "/?a=b=c, b=c",
                "/?a=1+2%203, 1 2 3",
                "/?a=%C3%A9%F0%9F%98%80, \u00E9\uD83D\uDE00",
                "/?a=%, %",
                "/?a=%zz, %zz",
                "/?&&a=1&&, 1",
                "/?a=1?b=2, 1?b=2",
                "/?A=1, none"
            })
    void value(String target, String value) {
        assertThat(Query.value(target, "a")).isEqualTo(value);
    }

    @Test
    void all() {
        assertThat(Query.all("/?b=1&a=2&b=%33&c&&d%20=+&=x").toString()).isEqualTo("{b=3, a=2, c=, d = , =x}");
        assertThat(Query.all("/")).isEmpty();
        assertThat(Query.all("/?")).isEmpty();
    }
}
