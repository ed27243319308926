package io.everwire.conformance.structure;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rules of the language: forbidden openings of sentences, and private words that the field has a term for. */
final class PlainEnglish {
    private static final String QUESTIONS = "What|Who|Whom|Whoever|Whatever|Whose|Where|Wherever|How|Which|There";

    /** A sentence that opens so has no subject yet, and must be read twice. */
    private static final Pattern OPENING = Pattern.compile("(?:" + QUESTIONS + ")\\b.*");

    /** The first sentence of a Javadoc states what the thing is or does. */
    private static final Pattern FIRST_OPENING = Pattern.compile("(?:" + QUESTIONS + "|Whether|So|Why)\\b.*");

    /** A word that the project does not use, and the one to use instead. */
    record PrivateWord(Pattern pattern, String plain) {}

    private final List<PrivateWord> words;

    /** Creates the rules; each line of the list is a regular expression, an arrow and the plain word. */
    PlainEnglish(String list) {
        words = list.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(PlainEnglish::word)
                .toList();
    }

    private static PrivateWord word(String line) {
        String[] parts = line.split(" => ", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("no line like \"pattern => plain word\": " + line);
        }
        return new PrivateWord(Pattern.compile("\\b(?:" + parts[0] + ")\\b", Pattern.CASE_INSENSITIVE), parts[1]);
    }

    static boolean opensWrong(Prose.Sentence sentence) {
        return (sentence.opens() ? FIRST_OPENING : OPENING)
                .matcher(sentence.text())
                .matches();
    }

    /** Returns the first private word of a sentence with its replacement. */
    Optional<String> privateWord(Prose.Sentence sentence) {
        return words.stream()
                .flatMap(word -> word.pattern()
                        .matcher(sentence.text())
                        .results()
                        .map(found -> "\"" + found.group() + "\" (" + word.plain() + ")"))
                .findFirst();
    }

    /** Returns a complaint about each sentence that opens wrong, each with its place. */
    Stream<String> wrongOpenings(String file, List<Prose.Sentence> sentences) {
        return sentences.stream()
                .filter(PlainEnglish::opensWrong)
                .map(sentence -> file + ":" + sentence.line() + ": " + sentence.text());
    }

    /** Returns a complaint about each private word, each with its place. */
    Stream<String> privateWords(String file, List<Prose.Sentence> sentences) {
        return sentences.stream()
                .flatMap(
                        sentence -> privateWord(sentence)
                                .map(word -> file + ":" + sentence.line() + ": " + word + ": " + sentence.text())
                                .stream());
    }
}
