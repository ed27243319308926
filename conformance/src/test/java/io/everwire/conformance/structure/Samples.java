package io.everwire.conformance.structure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The samples in the sources, and the blocks of code in the documents that show them. */
final class Samples {
    /** The languages of samples; shell commands and output are no samples. */
    static final List<String> LANGUAGES =
            List.of("java", "js", "html", "xml", "nginx", "apache", "haproxy", "dockerfile", "yaml", "ini", "kotlin");

    /** The folders and files with samples. */
    private static final List<String> SOURCES = List.of(
            "examples/src/main/java",
            "examples/apache",
            "examples/deploy",
            "examples/game",
            "examples/kotlin",
            "examples/nginx",
            "examples/starter",
            "examples/modules",
            "examples/spring-boot",
            "examples/spring-boot-3.5",
            "examples/spring-boot-hello",
            "conformance/js/guide",
            "conformance/src/test/java/io/everwire/conformance/guide",
            "micrometer/src/test/java",
            "servlet/src/test/java",
            "spring-boot-starter/src/test/java",
            "testkit/src/test/java");

    /** A comment of one of the languages on a line of its own. */
    private static final Pattern MARK = Pattern.compile("\\s*(?://|#|<!--) docs: (\\S+)(?: -->)?");

    private static final String END = "end";

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)(?: (\\S+))?\\n(.*?)^```$");

    private Samples() {}

    /** A piece of a source file, without the indentation that all its lines share. */
    record Sample(Path file, String text) {}

    /**
     * A block of code in a document; the name of its sample follows its language, and is empty for a block without a
     * sample.
     */
    record Block(Path document, String language, String name, String text) {}

    /** Returns README and the files in {@code docs}. */
    static List<Path> documents() {
        return Stream.concat(
                        Stream.of(Tree.ROOT.resolve("README.md")),
                        Tree.files(Tree.ROOT.resolve("docs"), Tree.named(".md")).stream())
                .toList();
    }

    static List<Block> blocks(Path document) {
        List<Block> blocks = new ArrayList<>();
        for (MatchResult match : BLOCK.matcher(Tree.read(document)).results().toList()) {
            String name = match.group(2) == null ? "" : match.group(2);
            blocks.add(new Block(document, match.group(1), name, match.group(3)));
        }
        return blocks;
    }

    /** Returns a document with the current samples in its blocks. */
    static String filled(Path document, Map<String, Sample> samples) {
        return BLOCK.matcher(Tree.read(document)).replaceAll(match -> {
            Sample sample = samples.get(match.group(2) == null ? "" : match.group(2));
            String block = sample == null
                    ? match.group()
                    : "```" + match.group(1) + " " + match.group(2) + "\n" + sample.text() + "```";
            return Matcher.quoteReplacement(block);
        });
    }

    /** Returns all samples by their names. */
    static Map<String, Sample> all() {
        Map<String, Sample> all = new LinkedHashMap<>();
        for (String source : SOURCES) {
            for (Path file : Tree.files(Tree.ROOT.resolve(source), any -> true)) {
                read(file, all);
            }
        }
        return all;
    }

    private static void read(Path file, Map<String, Sample> all) {
        String name = END;
        List<String> lines = new ArrayList<>();
        for (String line : Tree.read(file).lines().toList()) {
            Matcher mark = MARK.matcher(line);
            if (!mark.matches()) {
                lines.add(line);
                continue;
            }
            boolean begins = !mark.group(1).equals(END);
            if (begins != name.equals(END)) {
                throw new AssertionError(Tree.show(file) + ": \"" + line.strip() + "\" stands where it may not");
            }
            if (!begins && all.put(name, new Sample(file, unindented(lines))) != null) {
                throw new AssertionError(Tree.show(file) + ": there are two samples " + name);
            }
            name = mark.group(1);
            lines.clear();
        }
        if (!name.equals(END)) {
            throw new AssertionError(Tree.show(file) + ": the sample " + name + " does not end");
        }
    }

    private static String unindented(List<String> lines) {
        return String.join("\n", lines).stripIndent().stripTrailing() + "\n";
    }
}
