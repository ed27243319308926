package io.everwire.conformance.structure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What documents name as proof: tests, {@code Class}, {@code Class.Nested} or {@code Class.method}, and transcripts. */
final class Proofs {
    private static final Pattern NAMED = Pattern.compile("`([^`]+)`");
    private static final Pattern TEST =
            Pattern.compile("([A-Z]\\w*Test|[A-Z]\\w*Contract)(\\.[A-Z]\\w*)?(\\.[a-z]\\w*)?");
    private static final Pattern TRANSCRIPT = Pattern.compile("\\w+/[\\w-]+\\.wire");

    private final Map<String, Path> classes = new TreeMap<>();

    Proofs() {
        Stream.of(
                        Tree.sources(Tree.MODULES, "test", ".java"),
                        Tree.files(Tree.ROOT.resolve("testkit/src/main"), Tree.named(".java")))
                .flatMap(List::stream)
                .forEach(file -> classes.put(file.getFileName().toString().replace(".java", ""), file));
    }

    /** What stands between backticks. */
    static List<String> named(String text) {
        List<String> named = new ArrayList<>();
        for (Matcher name = NAMED.matcher(text); name.find(); ) {
            named.add(name.group(1));
        }
        return named;
    }

    /** The rows of the table below a heading, but for the two of its head; each as its cells. */
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

    /** Whether there is such a test or transcript. */
    boolean exists(String name) {
        Matcher test = TEST.matcher(name);
        if (!test.matches()) {
            return TRANSCRIPT.matcher(name).matches() && Files.exists(Tree.ROOT.resolve("transcripts/" + name));
        }
        Path file = classes.get(test.group(1));
        String source = file == null ? "" : Tree.read(file);
        boolean nested = test.group(2) == null
                || source.contains(" class " + test.group(2).substring(1) + " {");
        return !source.isEmpty()
                && nested
                && (test.group(3) == null || isTest(source, test.group(3).substring(1)));
    }

    /** Whether a method is marked as a test, between the empty line before it and its name. */
    private static boolean isTest(String source, String method) {
        int at = source.indexOf(" void " + method + "(");
        return at >= 0
                && source.substring(source.lastIndexOf("\n\n", at), at).matches("(?s).*@(Parameterized)?Test\\b.*");
    }
}
