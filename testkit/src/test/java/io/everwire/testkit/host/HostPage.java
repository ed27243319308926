package io.everwire.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Compares the column of a host in {@code docs/hosts.md} with the results of its contract; {@code -Deverwire.docs.accept=true} writes it.
 * The test class implements {@link Column}. Several test classes may share a column if their results are equal.
 */
public final class HostPage implements AfterEachCallback, AfterAllCallback {
    private static final Path ROOT = Path.of(System.getProperty("everwire.root", ".."));
    private static final Path DOCUMENT = ROOT.resolve("docs/hosts.md");

    private static final String PASSED = "yes";
    private static final String MISSING = "–";

    /** The columns, in their order. */
    private static final List<String> COLUMNS = List.of(
            "Netty",
            "Netty, own pipeline",
            "Reactor Netty 1.3",
            "Tomcat 11",
            "Tomcat 11, Jakarta",
            "Tomcat 10.1",
            "Tomcat 10.1, Jakarta",
            "Jetty 12.1",
            "Jetty 12.1, Jakarta",
            "Jetty 12.0",
            "Jetty 12.0, Jakarta",
            "Undertow 2.3");

    /** The parts of the contract with their headings, in the order of the page. */
    private static final Map<Class<?>, String> PARTS = parts();

    private @Nullable HostContract tested;
    private final Map<String, String> results = new TreeMap<>();

    /** A test class whose results are a column of the page. */
    public interface Column {
        /** Returns the heading of the column. */
        String column();
    }

    private static Map<Class<?>, String> parts() {
        Map<Class<?>, String> parts = new LinkedHashMap<>();
        parts.put(HttpContract.class, "HTTP");
        parts.put(StreamContract.class, "Streamed responses");
        parts.put(WebSocketContract.class, "WebSockets");
        parts.put(AutobahnContract.class, "Frames");
        parts.put(CompressionContract.class, "Compression");
        parts.put(DraftContract.class, "WebSocket drafts");
        parts.put(HostContract.class, "Application and port");
        return parts;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        tested = (HostContract) context.getRequiredTestInstance();
        results.put(context.getDisplayName(), context.getExecutionException().isPresent() ? MISSING : PASSED);
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        // A copy of the sources without a generation has no documents. A port with TLS is no column of its own: over
        // TLS a container may
        // close a connection between two records, which aborts a test.
        if (tested == null || tested.secure() || !Files.exists(DOCUMENT)) {
            return;
        }
        String column = ((Column) tested).column();
        assertThat(COLUMNS).contains(column);
        String before = Files.readString(DOCUMENT);
        String after = replace(before, "results", table(before, column));
        after = replace(after, "deviations", deviations(after, column));
        if (Boolean.getBoolean("everwire.docs.accept")) {
            Files.writeString(DOCUMENT, after);
        } else {
            assertThat(before)
                    .as("docs/hosts.md after the tests of %s; -Deverwire.docs.accept=true writes it", column)
                    .isEqualTo(after);
        }
    }

    /** Returns the tables of all tests, with other results in one column. */
    private String table(String document, String column) {
        Map<String, Map<String, String>> cells = cells(document);
        StringBuilder text = new StringBuilder();
        PARTS.forEach((part, heading) -> {
            text.append("\n### ").append(heading).append("\n\n| test | ").append(String.join(" | ", COLUMNS));
            text.append(" |\n|---|").append("---|".repeat(COLUMNS.size())).append('\n');
            for (Method test : tests(part)) {
                String name = name(test);
                Map<String, String> row = cells.getOrDefault(name, new LinkedHashMap<>());
                if (deviation(test) != null) {
                    row.put(column, MISSING);
                } else if (results.containsKey(name)) {
                    row.put(column, results.get(name));
                }
                text.append("| ").append(name);
                COLUMNS.forEach(each -> text.append(" | ").append(row.getOrDefault(each, "")));
                text.append(" |\n");
            }
        });
        return text.append('\n').toString();
    }

    /** Returns the cells of the page by test and column. */
    private static Map<String, Map<String, String>> cells(String document) {
        Map<String, Map<String, String>> cells = new LinkedHashMap<>();
        for (String line : between(document, "results").split("\n")) {
            List<String> parts =
                    Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
            if (parts.size() == COLUMNS.size() + 3) {
                Map<String, String> row = new LinkedHashMap<>();
                for (int i = 0; i < COLUMNS.size(); i++) {
                    row.put(COLUMNS.get(i), parts.get(i + 2));
                }
                cells.put(parts.get(1), row);
            }
        }
        return cells;
    }

    /** Returns the deviations of all hosts, with other ones of one host. */
    private String deviations(String document, String column) {
        Map<String, String> sections = new TreeMap<>(Comparator.comparingInt(COLUMNS::indexOf));
        for (String section : between(document, "deviations").split("\n### ")) {
            int end = section.indexOf('\n');
            if (end > 0 && COLUMNS.contains(section.substring(0, end))) {
                sections.put(section.substring(0, end), section.substring(end).strip());
            }
        }
        sections.put(column, String.join("\n", deviations()));
        StringBuilder text = new StringBuilder();
        sections.forEach((host, list) ->
                text.append("\n### ").append(host).append("\n\n").append(list).append('\n'));
        return text.append('\n').toString();
    }

    private List<String> deviations() {
        HostContract host = Objects.requireNonNull(tested);
        List<String> lines = new ArrayList<>();
        new TreeMap<>(host.missing()).forEach((feature, reason) -> lines.add("- **" + feature + "**: " + reason));
        for (Class<?> part : PARTS.keySet()) {
            for (Method test : tests(part)) {
                Deviation deviation = deviation(test);
                if (deviation != null) {
                    lines.add("- “" + name(test) + "”: " + deviation.value());
                }
            }
        }
        return lines.isEmpty() ? List.of("None.") : lines;
    }

    /** Returns the reason for which the test class overrides a test, or null. Fails if an override has none. */
    private @Nullable Deviation deviation(Method test) {
        Class<?> host = Objects.requireNonNull(tested).getClass();
        try {
            Method run = host.getMethod(test.getName());
            if (HostContract.class.isAssignableFrom(run.getDeclaringClass())
                    && !run.getDeclaringClass().isAssignableFrom(HostContract.class)) {
                Deviation deviation = run.getAnnotation(Deviation.class);
                assertThat(deviation).as("the reason for " + run).isNotNull();
                return deviation;
            }
            return null;
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Method> tests(Class<?> part) {
        return Arrays.stream(part.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class) && !method.isSynthetic())
                .sorted(Comparator.comparing(HostPage::name))
                .toList();
    }

    private static String name(Method test) {
        return test.getAnnotation(DisplayName.class).value();
    }

    private static String between(String document, String block) {
        int begin = document.indexOf("<!-- " + block + " -->\n");
        int end = document.indexOf("<!-- end of " + block + " -->");
        if (begin < 0 || end < begin) {
            throw new UncheckedIOException(new IOException(DOCUMENT + " has no block " + block));
        }
        return document.substring(document.indexOf('\n', begin) + 1, end);
    }

    private static String replace(String document, String block, String text) {
        return document.replace(
                "<!-- " + block + " -->\n" + between(document, block), "<!-- " + block + " -->\n" + text);
    }
}
