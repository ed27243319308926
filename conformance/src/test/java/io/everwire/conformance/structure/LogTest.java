package io.everwire.conformance.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Rules on log lines: clients can determine neither their form nor their number. */
final class LogTest {
    private static final List<String> MODULES =
            List.of("protocol", "server", "jackson", "netty", "reactor-netty", "servlet");

    /** A call of a logger of SLF4J. The names of limited logs are not {@code log}. */
    private static final Pattern CALL =
            Pattern.compile("\\blog\\s*\\.\\s*(trace|debug|info|warn|error|log|at\\w+|make\\w+)\\(");

    /** The file that limits and sanitizes the lines of all others. */
    private static final String LIMITED = "server/src/main/java/io/everwire/engine/RateLimitedLog.java";

    /** Lines that are written when a server starts or closes, and so not for clients: the file and the message. */
    private static final List<String> NOT_FOR_CLIENTS =
            List.of("FlashPolicyServer.java: the Flash policy has no port of its own: {}", "PortLog.java: {}");

    /** Arguments that the server itself determines: literals, numbers, and its own names and constants. */
    private static final Pattern OWN = Pattern.compile("\"[^\"]*\"|\\d+|generation\\.name\\(\\)|status(\\.code\\(\\))?"
            + "|refusal|cause|limit|bytes|most|line\\(host\\)");

    @Test
    void warningsAndErrorsAreLimited() {
        List<String> unlimited = new ArrayList<>();
        forEachCall((file, call) -> {
            String message = call.get(1).replaceAll("^\"|\"$", "");
            String line = file.getFileName() + ": " + message;
            if (!call.get(0).matches("debug|trace") && !NOT_FOR_CLIENTS.contains(line)) {
                unlimited.add(line);
            }
        });
        assertThat(unlimited)
                .as("lines for which RateLimitedLog is missing, or an entry in this test")
                .isEmpty();
    }

    @Test
    void argumentsAreSanitized() {
        List<String> unsafe = new ArrayList<>();
        forEachCall((file, call) -> {
            for (String argument : call.subList(1, call.size())) {
                if (!argument.startsWith("LogSanitizer.of(")
                        && !OWN.matcher(argument).matches()) {
                    unsafe.add(Tree.show(file) + ": " + argument);
                }
            }
        });
        assertThat(unsafe)
                .as("arguments for which LogSanitizer is missing, or an entry in this test")
                .isEmpty();
    }

    /** An instance per object would not limit all clients together. The log of rejections has the clock of its engine. */
    @Test
    void limitedLogsAreStatic() {
        Pattern creation = Pattern.compile("(?m)^.*new RateLimitedLog(\\.Kinds)?\\(.*$");
        List<String> created = new ArrayList<>();
        for (Path file : sources()) {
            if (file.endsWith("RejectionLog.java")) {
                continue;
            }
            creation.matcher(Tree.read(file))
                    .results()
                    .forEach(line -> created.add(line.group().strip()));
        }
        assertThat(created).hasSizeGreaterThan(10).allMatch(line -> line.startsWith("private static final "));
    }

    @Test
    void nothingIsPrinted() {
        assertThat(sources())
                .filteredOn(file -> Tree.read(file).matches("(?s).*(System\\.(err|out)\\b|printStackTrace\\().*"))
                .map(Tree::show)
                .isEmpty();
    }

    /** The test of the test: an argument with parentheses and a comma in a string is one argument. */
    @Test
    void callsAreTakenApart() {
        String source = "log.debug(\n \"a, (b) {} {}\", LogSanitizer.of(f(x, y)), status.code());";
        Matcher call = CALL.matcher(source);
        assertThat(call.find()).isTrue();
        assertThat(arguments(source, call.end()))
                .containsExactly("\"a, (b) {} {}\"", "LogSanitizer.of(f(x, y))", "status.code()");
    }

    private static List<Path> sources() {
        return Tree.sources(MODULES, "main", ".java").stream()
                .filter(file -> !LIMITED.equals(Tree.show(file)))
                .toList();
    }

    /** Calls the function with each call of a logger: the name of the method and its arguments. */
    private static void forEachCall(BiConsumer<Path, List<String>> function) {
        int calls = 0;
        for (Path file : sources()) {
            String source = Tree.read(file);
            Matcher call = CALL.matcher(source);
            while (call.find()) {
                calls++;
                List<String> parts = new ArrayList<>(List.of(call.group(1)));
                parts.addAll(arguments(source, call.end()));
                function.accept(file, parts);
            }
        }
        assertThat(calls).isGreaterThan(5);
    }

    /** Returns the arguments of a call, whose first one begins at {@code from}. */
    private static List<String> arguments(String source, int from) {
        List<String> arguments = new ArrayList<>();
        StringBuilder argument = new StringBuilder();
        boolean quoted = false;
        int depth = 0;
        for (int i = from; depth >= 0; i++) {
            char c = source.charAt(i);
            quoted ^= c == '"' && source.charAt(i - 1) != '\\';
            if (!quoted && (c == '(' || c == ')')) {
                depth += c == '(' ? 1 : -1;
            }
            if (!quoted && depth <= 0 && (c == ',' || c == ')') && (depth < 0 || c == ',')) {
                arguments.add(argument.toString().strip().replaceAll("\\s+", " "));
                argument.setLength(0);
            } else {
                argument.append(c);
            }
        }
        return arguments;
    }
}
