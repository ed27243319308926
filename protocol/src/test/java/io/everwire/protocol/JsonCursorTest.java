package io.everwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCursorTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "-1.5e3",
                "null",
                "\"\"",
                "\"a\\\"]}\\\\\"",
                "[]",
                "{}",
                "[[1,{\"a\":\"]\"}],[]]",
                "{ \"a\" : [ 1 , 2 ] , \"}\" : { } }"
            })
    void skipsOneValue(String json) {
        for (String behind : List.of("", ",2", " ]", "]", "}", "\n}")) {
            JsonCursor cursor = new JsonCursor(Bytes.utf8(json + behind));
            assertThat(cursor.skip()).hasToString(json);
            assertThat(cursor.at()).isEqualTo(json.length());
        }
    }

    @Test
    void visitsElements() {
        assertThat(elements("[]")).isEmpty();
        assertThat(elements("[ ]")).isEmpty();
        assertThat(elements("[1]")).containsExactly("1");
        assertThat(elements("[ 1 , \"a,b\" ,\t[2, 3],{}\n]")).containsExactly("1", "\"a,b\"", "[2, 3]", "{}");
    }

    @Test
    void visitsMembers() {
        List<String> members = new ArrayList<>();
        String json = "{ \"a\" : 1 ,\"b\\\"\":{\"c\":[]}, \"\":\"x\" } ";
        JsonCursor cursor = new JsonCursor(Bytes.utf8(json));
        assertThat(cursor.begin()).isTrue();
        do {
            members.add(cursor.key() + "=" + cursor.skip());
        } while (cursor.another());
        assertThat(members).containsExactly("\"a\"=1", "\"b\\\"\"={\"c\":[]}", "\"\"=\"x\"");
        cursor.space();
        assertThat(cursor.at()).isEqualTo(json.length());
    }

    @ParameterizedTest
    @CsvSource({
        "num, true",
        "n\\u0075m, true",
        "\\u006e\\u0075\\u006d, true",
        "nu, false",
        "n\\u0075n, false",
        "num\\n, false"
    })
    void comparesKeys(String key, boolean same) {
        assertThat(JsonCursor.isKey(Bytes.utf8('"' + key + '"'), Bytes.utf8("\"num\"")))
                .isEqualTo(same);
    }

    private static List<String> elements(String json) {
        List<String> elements = new ArrayList<>();
        JsonCursor cursor = new JsonCursor(Bytes.utf8(json));
        if (cursor.begin()) {
            do {
                elements.add(cursor.skip().toString());
            } while (cursor.another());
        }
        assertThat(cursor.at()).isEqualTo(json.length());
        return elements;
    }
}
