package io.everwire.conformance.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The tests and transcripts that documents name as proof. A test is {@code Class}, {@code Class.Nested},
 * {@code Class.method}, or {@code .method} of the class before. A transcript is {@code generation/name.wire}, or
 * {@code name.wire} in a document of one generation.
 */
final class Proofs {
    private static final Pattern NAMED = Pattern.compile("`([^`]+)`");
    private static final Pattern TEST =
            Pattern.compile("([A-Z]\\w*Test|[A-Z]\\w*Contract)(\\.[A-Z]\\w*)?(\\.[a-z]\\w*)?");
    private static final Pattern TRANSCRIPT = Pattern.compile("\\w+/[\\w-]+\\.wire");
    private static final Pattern SUPERCLASS = Pattern.compile(" class \\w+ extends (\\w+)");
    private static final Pattern METHOD = Pattern.compile(" void (\\w+)\\(");

    private final Map<String, Path> classes = new TreeMap<>();
    private final String generation;

    Proofs() {
        this("");
    }

    /** @param generation the generation of transcripts that are named without one */
    Proofs(String generation) {
        this.generation = generation;
        Stream.of(
                        Tree.sources(Tree.MODULES, "test", ".java"),
                        Tree.files(Tree.ROOT.resolve("testkit/src/main"), Tree.named(".java")))
                .flatMap(List::stream)
                .forEach(file -> classes.put(file.getFileName().toString().replace(".java", ""), file));
    }

    /** Returns the texts between backticks. */
    static List<String> named(String text) {
        List<String> named = new ArrayList<>();
        for (Matcher name = NAMED.matcher(text); name.find(); ) {
            named.add(name.group(1));
        }
        return named;
    }

    /** Returns the rows of the table below a heading without the two rows of its head, each as its cells. */
    static List<List<String>> table(Path document, String heading) {
        String section = Tree.read(document).split("## " + heading + "\n", 2)[1].split("\n## ", 2)[0];
        return section.lines()
                .filter(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> Stream.of(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList())
                .toList();
    }

    /** Checks that a row has the given number of cells, that the last cell names proof, and that the proof exists. */
    void assertProven(List<String> row, int cells) {
        assertThat(row).hasSize(cells);
        assertThat(whole(row.get(cells - 1))).as(row.get(0)).isNotEmpty().allMatch(this::exists);
    }

    /** Returns the full names of the proof in a text. */
    List<String> whole(String text) {
        List<String> whole = new ArrayList<>();
        String type = "";
        for (String name : named(text)) {
            if (name.endsWith(".wire")) {
                whole.add(name.contains("/") ? name : generation + "/" + name);
            } else {
                whole.add(name.startsWith(".") ? type + name : name);
                type = name.startsWith(".") ? type : name.replaceFirst("\\.[a-z]\\w*$", "");
            }
        }
        return whole;
    }

    /** Returns whether a test or transcript exists. */
    boolean exists(String name) {
        Matcher test = TEST.matcher(name);
        if (!test.matches()) {
            return TRANSCRIPT.matcher(name).matches() && Files.exists(Tree.ROOT.resolve("transcripts/" + name));
        }
        boolean nested = test.group(2) == null
                || source(test.group(1)).contains(" class " + test.group(2).substring(1) + " {");
        return nested && hasTest(test.group(1), test.group(3));
    }

    /** Returns the full names of all test methods whose name has the given beginning. */
    List<String> tests(String beginning) {
        return classes.keySet().stream()
                .flatMap(type -> METHOD.matcher(source(type))
                        .results()
                        .map(method -> method.group(1))
                        .filter(method -> method.startsWith(beginning) && isTest(source(type), method))
                        .map(method -> type + "." + method))
                .toList();
    }

    /** Returns whether a test class or its superclass has the given test method; null stands for any method. */
    private boolean hasTest(String type, String method) {
        String source = source(type);
        Matcher superclass = SUPERCLASS.matcher(source);
        return method == null
                ? !source.isEmpty()
                : isTest(source, method.substring(1)) || (superclass.find() && hasTest(superclass.group(1), method));
    }

    private String source(String type) {
        Path file = classes.get(type);
        return file == null ? "" : Tree.read(file);
    }

    /** Returns whether a method is marked as a test between the empty line before it and its name. */
    private static boolean isTest(String source, String method) {
        int at = source.indexOf(" void " + method + "(");
        return at >= 0
                && source.substring(source.lastIndexOf("\n\n", at), at).matches("(?s).*@(Parameterized)?Test\\b.*");
    }
}
