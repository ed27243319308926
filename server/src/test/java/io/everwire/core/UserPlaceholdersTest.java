package io.everwire.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Data that clients would take for placeholders of binary data (B14). */
class UserPlaceholdersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"_placeholder\":true,\"num\":99} | {\"_placeholder\":null,\"num\":99}",
                "[1,{ \"num\" : 0 , \"_placeholder\" : true }] | [1,{ \"num\" : 0 , \"_placeholder\" : null }]",
                "{\"\\u005fplaceholder\":true} | {\"\\u005fplaceholder\":null}",
                "{\"_placeholder\":1,\"num\":0} | {\"_placeholder\":null,\"num\":0}",
                "{\"_placeholder\":{\"_placeholder\":true}} | {\"_placeholder\":null}",
                "{\"_placeholder\":true,\"x\":{\"_placeholder\":true}} | {\"_placeholder\":null,\"x\":{\"_placeholder\":null}}",
                "{\"_placeholder\":false,\"_placeholder\":true} | {\"_placeholder\":null,\"_placeholder\":null}",
            })
    void theMarkOfUserDataBecomesNull(String json, String expected) {
        assertThat(UserPlaceholders.count(json.getBytes(UTF_8))).isPositive();
        assertThat(new String(
                        UserPlaceholders.neutralize(json.getBytes(UTF_8), new UserPlaceholders.Numbered()), UTF_8))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "null",
                "\"{\\\"_placeholder\\\":true}\"",
                "[ ]",
                "{ }",
                "[\"_placeholder\",true]",
                "{\"a\":[1.5e3,{}]}"
            })
    void otherDataStaysAsItIs(String json) {
        assertThat(UserPlaceholders.count(json.getBytes(UTF_8))).isZero();
        assertThat(new String(
                        UserPlaceholders.neutralize(json.getBytes(UTF_8), new UserPlaceholders.Numbered()), UTF_8))
                .isEqualTo(json);
    }

    @Test
    void placeholdersOfAttachmentsAreNumberedFromZero() {
        UserPlaceholders.Numbered attachments = new UserPlaceholders.Numbered();
        int first = attachments.size();
        attachments.add(new byte[] {1});
        String json = "[{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":" + first + "}]";

        assertThat(new String(UserPlaceholders.neutralize(json.getBytes(UTF_8), attachments), UTF_8))
                .isEqualTo("[{\"_placeholder\":null,\"num\":0},{\"_placeholder\":true,\"num\":0}]");
        assertThat(attachments.attachments()).hasSize(1);
    }
}
