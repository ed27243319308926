package io.everwire.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.configurationmetadata.ConfigurationMetadataProperty;

/** Compares {@code docs/properties.md} with the properties. {@code -Deverwire.docs.accept=true} writes the table. */
class PropertiesPageTest {
    private static final Path PAGE =
            Path.of(System.getProperty("everwire.root", "..")).resolve("docs/properties.md");
    private static final Pattern TABLE = Pattern.compile("(?s)<!-- table -->\n.*<!-- end -->");

    @Test
    void thePageListsEveryProperty() throws IOException {
        String page = Files.readString(PAGE);
        String filled = TABLE.matcher(page).replaceFirst(Matcher.quoteReplacement(table()));
        if (Boolean.getBoolean("everwire.docs.accept")) {
            Files.writeString(PAGE, filled);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(filled);
    }

    private static String table() {
        StringBuilder table = new StringBuilder("<!-- table -->\n| property | default | meaning |\n|---|---|---|\n");
        for (Map.Entry<String, ConfigurationMetadataProperty> entry :
                PropertiesTest.metadata().entrySet()) {
            ConfigurationMetadataProperty property = entry.getValue();
            boolean isMap = property.getType().startsWith("java.util.Map");
            table.append("| `")
                    .append(entry.getKey())
                    .append(isMap ? ".*" : "")
                    .append("` | ")
                    .append(value(property.getDefaultValue()))
                    .append(" | ")
                    .append(property.getDescription().replace("|", "\\|"))
                    .append(" |\n");
        }
        return table.append("<!-- end -->").toString();
    }

    private static String value(Object value) {
        if (value == null) {
            return "";
        }
        String text = value instanceof Object[] values
                ? String.join(
                        ", ", List.of(values).stream().map(String::valueOf).toList())
                : String.valueOf(value);
        return text.isEmpty() ? "" : "`" + text + "`";
    }
}
