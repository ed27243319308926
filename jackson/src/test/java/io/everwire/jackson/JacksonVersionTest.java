package io.everwire.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.Version;

class JacksonVersionTest {
    private static @Nullable String problem(int databindMinor, @Nullable String annotations, boolean springBoot) {
        Version databind = new Version(3, databindMinor, 4, null, "tools.jackson.core", "jackson-databind");
        return JacksonVersion.problem(databind, annotations, springBoot);
    }

    @Test
    void theVersionsOfTheseTestsPass() {
        assertThatCode(JacksonVersion::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"2, 2.22", "2, 2.22.1", "2, 2.23-rc1", "3, 2.30", "1, 2.21", "0, 2.20", "2, 3.0", "2, unknown", "2,"})
    void newAndUnknownVersionsPass(int databindMinor, @Nullable String annotations) {
        assertThat(problem(databindMinor, annotations, false)).isNull();
    }

    @Test
    void oldAnnotationsAreNamedWithThePropertyToSet() {
        assertThat(problem(2, "2.21", true))
                .isEqualTo("jackson-databind 3.2.4 needs jackson-annotations 2.22 or later, but this application has"
                        + " 2.21; Spring Boot manages this version: set the property jackson-bom.version of your build"
                        + " to 2.22.4");
        assertThat(problem(3, "2.9.10", false))
                .contains("jackson-databind 3.3.4", "has 2.9.10; a parent or BOM of your build manages this version");
    }
}
