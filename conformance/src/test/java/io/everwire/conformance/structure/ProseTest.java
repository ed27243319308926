package io.everwire.conformance.structure;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.conformance.structure.Prose.Sentence;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProseTest {
    private static final PlainEnglish RULES = new PlainEnglish("""
            # a remark
            mend(?:s|ed)? => fix
            c(?:ome|ame) to be => is created
            """);

    @Test
    void commentsAreReadSentenceBySentence() {
        String source = """
                package p;

                /**
                 * Limits rooms. Counts
                 * {@code What} is open: Removes the rest.
                 *
                 * @param limit the limit
                 * @return the rest
                 */
                class A {
                    // One remark
                    // over two lines.
                    int a; // Another.
                }
                """;

        assertThat(Prose.ofComments(source))
                .containsExactly(
                        new Sentence(4, "Limits rooms.", true),
                        new Sentence(4, "Counts `…` is open:", false),
                        new Sentence(5, "Removes the rest.", false),
                        new Sentence(7, "the limit", false),
                        new Sentence(8, "the rest", false),
                        new Sentence(11, "One remark over two lines.", true),
                        new Sentence(13, "Another.", true));
    }

    @Test
    void documentsAreReadSentenceBySentence() {
        String document = """
                # A heading

                Some text, with
                [a link](What.md). More text
                1. an item
                - **Bold** item

                ```
                What is code?
                ```
                | a cell | What cell |
                """;

        assertThat(Prose.ofMarkdown(document))
                .containsExactly(
                        new Sentence(1, "A heading", false),
                        new Sentence(3, "Some text, with [a link]`…`.", false),
                        new Sentence(4, "More text", false),
                        new Sentence(5, "an item", false),
                        new Sentence(6, "Bold** item", false),
                        new Sentence(11, "a cell", false),
                        new Sentence(11, "What cell", false));
    }

    @Test
    void messagesAreTextsOfMoreThanOneWord() {
        assertThat(Prose.ofMessages("log.warn(\"too long: {}\", \"id\"); // \"no text\"\nchar c = '\"';"))
                .containsExactly(new Sentence(1, "\"too long: {}\"", false));
    }

    @Test
    void linesOfCommentsAndCodeAreCounted() {
        assertThat(Prose.lines("package p;\n\nimport q.A;\n\n/**\n * A.\n */\nclass B {\n    int c; // D.\n}\n"))
                .containsExactly(4, 3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/** What it is. */",
                "/** Whether it is open. */",
                "/** So many. */",
                "/** Limits. There is one. */",
                "/**\n * Limits.\n *\n * <p>How it works.\n */",
                "/** Limits.\n *\n * @param a Who is asked\n */",
                "// Which one?",
                "foo(); // Why not"
            })
    void forbiddenOpeningsOfComments(String comment) {
        assertThat(RULES.wrongOpenings("A.java", Prose.ofComments(comment))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/** Returns whether it is open. */",
                "/** Limits. So it stays small. Whether it is open does not matter. */",
                "/** {@code What} is a name. */",
                "/** Therefore, Whats and Howto are words of their own. */",
                "String text = \"// What is this\";",
                "/** Starts.\n * <pre>\n * Where is it?\n * </pre>\n */"
            })
    void openingsThatAreAllowed(String source) {
        assertThat(RULES.wrongOpenings("A.java", Prose.ofComments(source))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# What it is",
                "Some text. There is more.",
                "- Who may join",
                "| a | Where |",
                "A colon: How it is done",
                "**Which** one",
                "[What was aimed at](goals.md)"
            })
    void forbiddenOpeningsOfDocuments(String document) {
        assertThat(RULES.wrongOpenings("a.md", Prose.ofMarkdown(document))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "It says what it is.",
                "Whether it is open does not matter.",
                "`What` is a name.",
                "```\nWhat is this?\n```",
                "This is\nWhat.app, a name of two lines"
            })
    void openingsOfDocumentsThatAreAllowed(String document) {
        assertThat(RULES.wrongOpenings("a.md", Prose.ofMarkdown(document))).isEmpty();
    }

    @Test
    void privateWordsAreFoundAcrossLines() {
        List<Sentence> sentences = Prose.ofComments("/**\n * Rooms that came\n * to be. Amended and recommended.\n */");

        assertThat(RULES.privateWords("A.java", sentences))
                .containsExactly("A.java:2: \"came to be\" (is created): Rooms that came to be.");
    }

    @Test
    void privateWordsInCodeAreNotMeant() {
        assertThat(RULES.privateWords("a.md", Prose.ofMarkdown("Call `mend`.\n```\nmend it\n```\nA [page](mend.md).")))
                .isEmpty();
        assertThat(RULES.privateWords("a.md", Prose.ofMarkdown("Mended."))).hasSize(1);
    }
}
