package io.everwire.conformance.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** All Javadoc, comments, documents and messages are plain English, which others read at first sight. */
final class PlainEnglishTest {
    /** The least number of comment lines for each line of code, where code follows a protocol or a library's order. */
    private static final double MIN_COMMENTS = 0.25;

    private static final PlainEnglish RULES =
            new PlainEnglish(Tree.read(Tree.ROOT.resolve("conformance/src/test/resources/private-words.txt")));

    @Test
    void noCommentOpensWithAQuestionWord() {
        assertThat(javaSources().flatMap(file -> RULES.wrongOpenings(Tree.show(file), comments(file))))
                .as("comments with a sentence that opens with What, Who, Where, How, Which, There, …")
                .isEmpty();
    }

    @Test
    void noDocumentHasASentenceThatOpensWithAQuestionWord() {
        assertThat(documents().flatMap(file -> RULES.wrongOpenings(Tree.show(file), markdown(file))))
                .as("documents with a sentence that opens with What, Who, Where, How, Which, There, …")
                .isEmpty();
    }

    @Test
    void commentsUseNoPrivateWords() {
        assertThat(javaSources().flatMap(file -> RULES.privateWords(Tree.show(file), comments(file))))
                .as("private words in comments")
                .isEmpty();
    }

    @Test
    void documentsUseNoPrivateWords() {
        assertThat(documents()
                        .flatMap(file -> RULES.privateWords(
                                Tree.show(file), Prose.ofMarkdown(withoutWrongWords(Tree.read(file))))))
                .as("private words in documents")
                .isEmpty();
    }

    /** The vocabulary also lists words that are not used. */
    @Test
    void onlyTheLastColumnOfTheVocabularyMayHavePrivateWords() {
        String document =
                "## Vocabulary\n| reject | answer with an error | turn away |\n\n## Turn away\n| turn away |\n";

        assertThat(withoutWrongWords(document))
                .isEqualTo("## Vocabulary\n| reject | answer with an error |\n\n## Turn away\n| turn away |\n");
    }

    private static String withoutWrongWords(String document) {
        int begin = document.indexOf("## Vocabulary\n");
        if (begin < 0) {
            return document;
        }
        int end = document.indexOf("\n## ", begin);
        int rest = end < 0 ? document.length() : end;
        return document.substring(0, begin)
                + document.substring(begin, rest).replaceAll("(?m)^(\\|.*\\|)[^|\\n]*\\|$", "$1")
                + document.substring(rest);
    }

    @Test
    void messagesUseNoPrivateWords() {
        assertThat(Tree.sources(Tree.MODULES, "main", ".java").stream()
                        .flatMap(file -> RULES.privateWords(Tree.show(file), Prose.ofMessages(Tree.read(file)))))
                .as("private words in log and exception messages")
                .isEmpty();
    }

    @Test
    void codeThatFollowsOthersSaysWhy() {
        List<Path> packages = new ArrayList<>(
                Tree.generations().keySet().stream().map(Tree.PROTOCOL::resolve).toList());
        packages.add(Tree.ROOT.resolve("netty/src/main/java/io/everwire/netty"));

        assertThat(packages)
                .filteredOn(folder -> density(folder) < MIN_COMMENTS)
                .map(folder -> Tree.show(folder) + String.format(Locale.ROOT, ": %.2f", density(folder)))
                .as("packages with less than " + MIN_COMMENTS + " lines of comments for each line of code")
                .isEmpty();
    }

    private static double density(Path folder) {
        int[] sum = {0, 0};
        Tree.files(folder, file -> file.toString().endsWith(".java") && !file.endsWith("package-info.java"))
                .forEach(file -> {
                    int[] lines = Prose.lines(Tree.read(file));
                    sum[0] += lines[0];
                    sum[1] += lines[1];
                });
        return (double) sum[0] / sum[1];
    }

    private static Stream<Path> javaSources() {
        return Stream.of("main", "test").flatMap(kind -> Tree.sources(Tree.MODULES, kind, ".java").stream());
    }

    private static Stream<Path> documents() {
        return Tree.files(Tree.ROOT, Tree.named(".md")).stream();
    }

    private static List<Prose.Sentence> comments(Path file) {
        return Prose.ofComments(Tree.read(file));
    }

    private static List<Prose.Sentence> markdown(Path file) {
        return Prose.ofMarkdown(Tree.read(file));
    }
}
