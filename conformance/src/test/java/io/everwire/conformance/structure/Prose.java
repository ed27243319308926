package io.everwire.conformance.structure;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The English sentences of a Java source or a Markdown document. Code within them is shown as {@code `…`}. */
final class Prose {
    /**
     * A sentence.
     *
     * @param line the number of the line on which it begins, from 1
     * @param opens whether it is the first of a Javadoc or comment
     */
    record Sentence(int line, String text, boolean opens) {}

    /** A comment or a literal, so that neither is found within the other. */
    private static final Pattern TOKEN = Pattern.compile("//[^\\n]*(?:\\n[ \\t]*//[^\\n]*)*"
            + "|/\\*(?s:.*?)\\*/"
            + "|\"\"\"(?:[^\"\\\\]++|\\\\.|\"(?!\"\"))*+\"\"\""
            + "|\"(?:[^\"\\\\\\n]++|\\\\.)*+\""
            + "|'(?:[^'\\\\\\n]|\\\\.)*'");

    /** The marks of a comment, which are no text. */
    private static final Pattern MARKS = Pattern.compile("^/\\*+|\\*+/$|(?m:^[ \\t]*(?:\\*|//)(?!/))");

    private static final Pattern PREFORMATTED = Pattern.compile("<pre>(?s:.*?)</pre>");
    private static final Pattern INLINE_TAG = Pattern.compile("\\{@\\w+\\s+([^}]*)}");
    private static final Pattern BLOCK_TAG =
            Pattern.compile("(?m)^[ \\t]*@(?:(?:param|throws)[ \\t]+\\S+|return\\b|see\\b[^\\n]*)");

    private static final Pattern FENCE = Pattern.compile("(?m)^[ \\t]*```(?s:.*?)^[ \\t]*```");
    private static final Pattern CODE = Pattern.compile("`[^`\\n]*(?:\\n[^`\\n]+)?`");
    private static final Pattern LINK_TARGET = Pattern.compile("(?<=])\\([^)\\s]*\\)");

    /** The end of a sentence, of a paragraph, of an item of a list, of a cell of a table. */
    private static final Pattern END = Pattern.compile(
            "(?<=[.!?:;])\\s+|\\n\\s*\\n|\\n\\s*(?:[-*#]+|\\d+\\.)\\s+|\\||</?(?:p|li|ul|ol)>|\\u2029+");

    /** Marks that stand around a sentence without being part of it. */
    private static final Pattern AROUND = Pattern.compile("^[\\s*#>|_\"“(\\[-]+|[\\s*|>]+$");

    private Prose() {}

    /** Returns the sentences of the comments in a Java source. */
    static List<Sentence> ofComments(String source) {
        return comments(source)
                .flatMap(comment -> sentences(source, comment.start(), unmarked(comment.group()), true).stream())
                .toList();
    }

    /** Returns the texts in a Java source that are a message: of a log line, of an exception. */
    static List<Sentence> ofMessages(String source) {
        return TOKEN.matcher(source)
                .results()
                .filter(token -> token.group().startsWith("\"") && token.group().contains(" "))
                .map(token -> new Sentence(line(source, token.start()), token.group(), false))
                .toList();
    }

    /** Returns the sentences and headings of a Markdown document. */
    static List<Sentence> ofMarkdown(String document) {
        String text = FENCE.matcher(document).replaceAll(found -> blank(found.group()));
        text = CODE.matcher(text).replaceAll(found -> hidden(found.group()));
        text = LINK_TARGET.matcher(text).replaceAll(found -> hidden(found.group()));
        return sentences(document, 0, text, false);
    }

    /** Returns the number of lines of comments and the number of lines of code, imports not counted. */
    static int[] lines(String source) {
        int comments = comments(source)
                .mapToInt(comment -> (int) comment.group().lines().count())
                .sum();
        String code = TOKEN.matcher(source).replaceAll(token -> token.group().startsWith("/") ? "" : "S");
        long lines = code.lines()
                .filter(line -> !line.isBlank() && !line.matches("\\s*(import|package) .*"))
                .count();
        return new int[] {comments, (int) lines};
    }

    private static Stream<MatchResult> comments(String source) {
        return TOKEN.matcher(source).results().filter(token -> token.group().startsWith("/"));
    }

    private static String unmarked(String comment) {
        String text = MARKS.matcher(comment).replaceAll(found -> blank(found.group()));
        text = PREFORMATTED.matcher(text).replaceAll(found -> blank(found.group()));
        text = INLINE_TAG.matcher(text).replaceAll(found -> hidden(found.group()));
        return BLOCK_TAG.matcher(text).replaceAll(found -> found.group().replaceAll("[^\\n]", "\u2029"));
    }

    /** Splits a text that has kept its length, so that places in it are places in the source. */
    private static List<Sentence> sentences(String source, int offset, String text, boolean opens) {
        List<Sentence> sentences = new ArrayList<>();
        int begin = 0;
        for (MatchResult end : Stream.concat(END.matcher(text).results(), Stream.of(last(text)))
                .toList()) {
            String part = text.substring(begin, Math.max(begin, end.start()));
            Matcher around = AROUND.matcher(part);
            int skipped = around.find() && around.start() == 0 ? around.end() : 0;
            String words =
                    AROUND.matcher(part).replaceAll("").replaceAll("\\s+", " ").replaceAll("`{2,}", "`…`");
            if (!words.isEmpty()) {
                int line = line(source, offset + begin + skipped);
                sentences.add(new Sentence(line, words, opens && sentences.isEmpty()));
            }
            begin = end.end();
        }
        return sentences;
    }

    private static MatchResult last(String text) {
        Matcher end = Pattern.compile("\\z").matcher(text);
        end.find();
        return end.toMatchResult();
    }

    private static int line(String source, int offset) {
        return 1
                + (int) source.substring(0, offset)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    private static String blank(String text) {
        return text.replaceAll("[^\\n]", " ");
    }

    private static String hidden(String text) {
        return text.replaceAll("[^\\n]", "`");
    }
}
