package io.everwire.conformance.structure;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.CookieOptions;
import io.everwire.DeflateOptions;
import io.everwire.GenerationOptions;
import io.everwire.LimitOptions;
import io.everwire.ProxyOptions;
import io.everwire.RecoveryOptions;
import io.everwire.ServerOptions;
import io.everwire.TransportOptions;
import io.everwire.netty.NettyOptions;
import io.everwire.servlet.ServletOptions;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that {@code docs/options.md} lists every option, and no other. */
final class OptionsTableTest {
    private static final Path PAGE =
            Path.of(System.getProperty("everwire.root", "..")).resolve("docs/options.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\|([^|\\n]*\\|){3}$");

    static List<Class<?>> builders() {
        return List.of(
                ServerOptions.Builder.class,
                LimitOptions.Builder.class,
                ProxyOptions.Builder.class,
                CookieOptions.Builder.class,
                DeflateOptions.Builder.class,
                RecoveryOptions.Builder.class,
                TransportOptions.Builder.class,
                GenerationOptions.Builder.class,
                NettyOptions.Builder.class,
                ServletOptions.Builder.class);
    }

    @ParameterizedTest
    @MethodSource("builders")
    void everyOptionHasItsRow(Class<?> builder) throws IOException {
        Class<?> owner = builder.getDeclaringClass() == null ? builder : builder.getDeclaringClass();

        assertThat(rows(owner.getSimpleName())).isEqualTo(options(builder));
    }

    private static Set<String> options(Class<?> builder) {
        return Arrays.stream(builder.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .filter(method -> method.getReturnType() == builder)
                .map(method -> method.getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> rows(String section) throws IOException {
        String page = Files.readString(PAGE);
        String heading = "\n## `" + section + "`\n";
        assertThat(page).contains(heading);
        String rest = page.substring(page.indexOf(heading) + heading.length());
        int next = rest.indexOf("\n## ");
        Set<String> rows = new TreeSet<>();
        for (Matcher row = ROW.matcher(next < 0 ? rest : rest.substring(0, next)); row.find(); ) {
            rows.add(row.group(1));
        }
        return rows;
    }
}
