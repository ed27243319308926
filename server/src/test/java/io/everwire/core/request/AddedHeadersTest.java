package io.everwire.core.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddedHeadersTest {
    private final AddedHeaders headers = new AddedHeaders();

    @Test
    void setReplacesWhateverTheCaseAndAddAdds() {
        headers.set("X-One", "1")
                .add("x-one", "2")
                .set("Other", "3")
                .set("X-ONE", "4")
                .add("X-One", "5");

        assertThat(headers.list()).containsExactly("Other", "3", "X-ONE", "4", "X-One", "5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a b", "a:b", "a\r\nb", "ü", "Content-Length", "transfer-encoding", "Sec-WebSocket-Accept"})
    void aNameThatIsNoneOrTheServersIsRefused(String name) {
        assertThatThrownBy(() -> headers.set(name, "value")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> headers.add(name, "value")).isInstanceOf(IllegalArgumentException.class);
        assertThat(headers.list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nSet-Cookie: b", "a\nb", "a\0b", "a\u007fb", "€"})
    void aValueThatWouldBeMoreThanAValueIsRefused(String value) {
        assertThatThrownBy(() -> headers.set("X-One", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("X-One");
    }

    @Test
    void latin1IsAValue() {
        headers.set("X-One", "caf\u00e9\tand tea");

        assertThat(headers.list()).hasSize(2);
    }
}
