package io.everwire.protocol.wire;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.text.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A parsed {@code .wire} file. The format is described at {@link io.everwire.protocol.wire the package}.
 *
 * @param name folder and file name, for messages
 * @param title its first line, which says what it shows
 */
public record Transcript(String name, String title, SessionOptions options, List<Step> steps) {
    /** Returns the transcripts of one generation, sorted by name. */
    public static List<Transcript> of(String generation) {
        try (Stream<Path> files = Files.list(root().resolve("transcripts").resolve(generation))) {
            return files.filter(file -> file.toString().endsWith(".wire"))
                    .sorted()
                    .map(Transcript::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Parses one file. */
    public static Transcript read(Path file) {
        try {
            return parse(file.getParent().getFileName() + "/" + file.getFileName(), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Parses the text of a file. */
    static Transcript parse(String name, String text) {
        return new Parser(name, text).parse();
    }

    /**
     * Returns the root of the repository: the directory that the build names, or the next one above with transcripts.
     */
    public static Path root() {
        Path root = Path.of(System.getProperty("everwire.root", "")).toAbsolutePath();
        while (!Files.isDirectory(root.resolve("transcripts"))) {
            root = root.getParent();
            if (root == null) {
                throw new IllegalStateException("no folder \"transcripts\" at or above the working directory");
            }
        }
        return root;
    }

    /** Returns a failure with the position in the file. */
    public AssertionError failure(Step step, String message) {
        return new AssertionError(name + ":" + step.line() + ": " + message);
    }

    @Override
    public String toString() {
        return name;
    }

    private static final class Parser {
        private static final Pattern CHANNEL = Pattern.compile("([a-z][a-z0-9]*)([<>]) (.*)", Pattern.DOTALL);
        private static final Pattern TIME = Pattern.compile("\\+ (\\d+)(ms|s)");
        private static final Pattern HEADER = Pattern.compile("([A-Za-z0-9-]+): ?(.*)");

        private final String name;
        private final String[] lines;
        private final List<Step> steps = new ArrayList<>();
        private SessionOptions options = SessionOptions.DEFAULTS;
        private int at;

        /** The indented lines below a step. */
        private record Indented(List<String> headers, Step.@Nullable Body body, boolean later) {}

        Parser(String name, String text) {
            this.name = name;
            // String.lines() would take a lone \r for a line end, too; the literals of this format cannot contain one
            // anyway.
            this.lines = text.split("\n", -1);
        }

        Transcript parse() {
            if (!lines[0].startsWith("# ")) {
                throw wrong("the first line must say what is shown: # …");
            }
            for (at = 1; at < lines.length; at++) {
                String line = lines[at];
                if (!line.isBlank() && !line.startsWith("#")) {
                    step(line.stripTrailing());
                }
            }
            return new Transcript(name, lines[0].substring(2), options, List.copyOf(steps));
        }

        private void step(String line) {
            Matcher time = TIME.matcher(line);
            Matcher channel = CHANNEL.matcher(line);
            if (line.startsWith("options ") && steps.isEmpty()) {
                options = OptionsText.apply(options, line.substring("options ".length()));
            } else if (time.matches()) {
                steps.add(new Step.Wait(
                        at + 1, Long.parseLong(time.group(1)) * (time.group(2).equals("s") ? 1000 : 1)));
            } else if (channel.matches()) {
                boolean does = channel.group(2).equals(">");
                steps.add(
                        does ? does(channel.group(1), channel.group(3)) : expects(channel.group(1), channel.group(3)));
            } else {
                throw wrong("not a step: " + line);
            }
        }

        private Step does(String channel, String rest) {
            int number = at + 1;
            if (channel.equals("app")) {
                return rest.startsWith("close ")
                        ? new Step.AppClose(number, rest.substring("close ".length()))
                        : new Step.AppSend(number, rest);
            }
            Step.Body literal = body(rest);
            if (literal != null) {
                return new Step.Send(number, channel, literal);
            }
            String[] words = rest.split(" ");
            if (words.length == 2) {
                Indented below = indented();
                if (words[0].equals("WS")) {
                    return new Step.Connect(number, channel, words[1], below.headers);
                }
                Step.Body body = below.later || below.body != null ? below.body : new Step.Body("", null);
                return new Step.Request(number, channel, words[0], words[1], below.headers, body);
            } else if (rest.equals("gone") || rest.equals("close") || rest.equals("abort")) {
                return new Step.Leave(number, channel, rest);
            }
            throw wrong("not something a client does: " + rest);
        }

        private Step expects(String channel, String rest) {
            int number = at + 1;
            if (channel.equals("app")) {
                return new Step.Word(number, channel, rest);
            }
            Step.Body literal = body(rest);
            if (literal != null) {
                return new Step.Message(number, channel, literal);
            } else if (rest.matches("(stream )?\\d{3}")) {
                boolean stream = rest.startsWith("stream ");
                int status = Integer.parseInt(rest.substring(rest.length() - 3));
                Indented below = indented();
                return new Step.Answer(number, channel, stream, status, below.headers, below.body);
            } else if (rest.matches("drop|pending|open|nothing|end|close \\d{4}")) {
                return new Step.Word(number, channel, rest);
            }
            throw wrong("not something to expect: " + rest);
        }

        private Indented indented() {
            List<String> headers = new ArrayList<>();
            Step.Body body = null;
            boolean later = false;
            while (at + 1 < lines.length && lines[at + 1].startsWith(" ") && !lines[at + 1].isBlank()) {
                String line = lines[++at].strip();
                Matcher header = HEADER.matcher(line);
                Step.Body literal = body(line);
                if (literal != null) {
                    body = literal;
                } else if (line.equals("...")) {
                    later = true;
                } else if (header.matches()) {
                    headers.add(header.group(1));
                    headers.add(header.group(2));
                } else {
                    throw wrong("neither a header nor a body: " + line);
                }
            }
            return new Indented(headers, body, later);
        }

        private Step.@Nullable Body body(String text) {
            if (text.startsWith("\"")) {
                byte[] literal = text.getBytes(StandardCharsets.UTF_8);
                if (!Json.isValue(literal, 0, literal.length, 1)) {
                    throw wrong("not a JSON string: " + text);
                }
                return new Step.Body(Json.text(literal, 0, literal.length), null);
            } else if (text.matches("<([0-9a-f]{2})*>")) {
                return new Step.Body(null, Bytes.of(HexFormat.of().parseHex(text, 1, text.length() - 1)));
            }
            return null;
        }

        private IllegalArgumentException wrong(String message) {
            return new IllegalArgumentException(name + ":" + (at + 1) + ": " + message);
        }
    }
}
