package io.everwire.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilePathTest {
    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "a, a",
        "a/b.txt, a/b.txt",
        "a/, a/",
        "a%20b, a b",
        "%C3%A4.txt, \u00E4.txt",
        "%e2%82%ac, \u20AC",
        "a+b, a+b",
        "a..b, a..b",
        ".well-known/x, .well-known/x",
        "%25, %",
        "conx.txt, conx.txt"
    })
    void namesBelowTheFolder(String path, String name) {
        assertThat(FilePath.decode(path)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                "../a",
                "a/../b",
                "a/..",
                ".",
                "./a",
                "%2e%2e/a",
                "%2E./a",
                ".%2e%2fa",
                "a%2fb",
                "a%2Fb",
                "%2fetc/passwd",
                "/etc/passwd",
                "//a",
                "a//b",
                "..\\a",
                "a\\b",
                "%5c..%5ca",
                "a%00",
                "a%00.txt",
                "a%0a",
                "a%7f",
                "%",
                "%2",
                "%zz",
                "%c0%ae%c0%ae/a",
                "%ff",
                ".git/config",
                ".env",
                "a/.hidden",
                "C:/windows",
                "a:stream",
                "nul",
                "COM1.txt",
                "a/aux",
                "a.",
                "a%20",
                "...",
                "a/.. /b"
            })
    void everythingElseIsNoName(String path) {
        assertThat(FilePath.decode(path)).isNull();
    }

    @Test
    void noPathLeadsOutOfTheFolder() {
        Random random = new Random(3);
        String[] parts = {"..", ".", "/", "%2e", "%2f", "%5c", "\\", "a", "%", "%00", "%c0%ae", "~", ":", " "};
        Path root = Path.of("/srv/public");
        for (int i = 0; i < 100_000; i++) {
            StringBuilder path = new StringBuilder();
            for (int length = random.nextInt(10); length > 0; length--) {
                path.append(parts[random.nextInt(parts.length)]);
            }
            String name = FilePath.decode(path.toString());
            if (name != null) {
                assertThat(root.resolve(name).normalize().startsWith(root))
                        .as(path.toString())
                        .isTrue();
            }
        }
    }
}
