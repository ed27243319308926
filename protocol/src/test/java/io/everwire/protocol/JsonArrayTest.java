package io.everwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class JsonArrayTest {
    @Test
    void isReadInPlace() {
        Bytes json = Bytes.utf8("42[ \"a\" , {\"b\":[1]} ] ").slice(2, 22);
        JsonArray array = JsonArray.parse(json, 3);
        assertThat(array).isNotNull();
        assertThat(array.size()).isEqualTo(2);
        assertThat(array.element(0)).isEqualTo(Bytes.utf8("\"a\""));
        assertThat(array.element(1)).isEqualTo(Bytes.utf8("{\"b\":[1]}"));
        assertThat(array.element(1).array()).isSameAs(json.array());
        assertThat(array.json()).isSameAs(json);
        assertThat(array.tail()).hasToString("[{\"b\":[1]}]");
        assertThatThrownBy(() -> array.element(2)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void isNothingElse() {
        for (String json : new String[] {"", "{}", "1", "[1", "[1]]", "[1],", "[[[[]]]]"}) {
            assertThat(JsonArray.parse(Bytes.utf8(json), 3)).as(json).isNull();
        }
    }

    @Test
    void isMadeOfElements() {
        assertThat(JsonArray.of()).isEqualTo(JsonArray.EMPTY).hasToString("[]");
        assertThat(JsonArray.of().size()).isZero();
        assertThat(JsonArray.of(Bytes.utf8("1"))).hasToString("[1]");
        JsonArray two = JsonArray.of(Bytes.utf8("x\"a\"x").slice(1, 4), Bytes.utf8("[]"));
        assertThat(two).hasToString("[\"a\",[]]").hasSameHashCodeAs(JsonArray.parse(Bytes.utf8("[\"a\",[]]"), 2));
        assertThat(two).isEqualTo(JsonArray.parse(two.json(), 2));
        assertThat(two.element(1)).isEqualTo(Bytes.utf8("[]"));
        assertThat(two.tail()).hasToString("[[]]");
        assertThat(two.tail().tail()).isEqualTo(JsonArray.EMPTY);
        assertThat(JsonArray.EMPTY.tail()).isEqualTo(JsonArray.EMPTY);
    }
}
