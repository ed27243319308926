package io.everwire.protocol.gen1;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.text.Json;
import org.jspecify.annotations.Nullable;

/**
 * Finds name and arguments of an event, {@code {"name":"news","args":[1,2]}}, in one pass over JSON that is valid
 * already.
 */
final class Gen1Event {
    private static final Bytes NAME = Bytes.utf8("\"name\"");
    private static final Bytes ARGS = Bytes.utf8("\"args\"");

    private final Bytes json;
    private int at;
    private @Nullable Bytes name;
    private @Nullable Bytes args;

    private Gen1Event(Bytes json) {
        this.json = json;
    }

    /**
     * Returns the name, then the arguments; null if {@code data} is not a valid object with a text as its name.
     *
     * <p>As in the original, of equal members the last one counts, arguments may be missing, and arguments that are not
     * an array are one argument.
     */
    static @Nullable JsonArray read(Bytes data, int maxDepth) {
        Bytes json = Gen1Text.trim(data);
        boolean object = !json.isEmpty() && json.at(0) == '{';
        if (!object || !Json.isValue(json.array(), json.offset(), json.end(), maxDepth)) {
            return null;
        }
        Gen1Event event = new Gen1Event(json);
        event.walk();
        return event.data(maxDepth);
    }

    /** Returns name and arguments as one array, or null without a name. */
    private @Nullable JsonArray data(int maxDepth) {
        if (name == null || name.at(0) != '"') {
            return null;
        }
        // Names are compared as bytes later, so one name must have one spelling.
        Bytes text = hasEscape(name) ? respelled(name) : name;
        // null and a missing member are the same to the original.
        if (args == null || args.at(0) == 'n') {
            return JsonArray.of(text);
        }
        JsonArray array = JsonArray.parse(args, maxDepth);
        // "args":1 is one argument.
        if (array == null) {
            return JsonArray.of(text, args);
        }
        Bytes[] elements = new Bytes[array.size() + 1];
        elements[0] = text;
        for (int i = 1; i < elements.length; i++) {
            elements[i] = array.element(i - 1);
        }
        return JsonArray.of(elements);
    }

    /** Returns whether a string literal contains an escape. */
    private static boolean hasEscape(Bytes literal) {
        for (int i = 1; i < literal.length(); i++) {
            if (literal.at(i) == '\\') {
                return true;
            }
        }
        return false;
    }

    /** Returns the same string with no more escapes than it needs. */
    private static Bytes respelled(Bytes literal) {
        return Bytes.of(Json.quote(Json.text(literal.array(), literal.offset(), literal.end())));
    }

    /** Visits the members of the object and stores the last name and arguments. */
    private void walk() {
        at = 1;
        skipSpace();
        while (json.at(at) != '}') {
            Bytes key = value();
            at++; // The colon.
            skipSpace();
            Bytes value = value();
            if (is(key, NAME)) {
                name = value;
            } else if (is(key, ARGS)) {
                args = value;
            }
            if (json.at(at) == ',') {
                at++;
                skipSpace();
            }
        }
    }

    /** Returns the value that begins here, and moves to the next character that is not white space. */
    private Bytes value() {
        int from = at;
        int depth = 0;
        do {
            switch (json.at(at)) {
                case '"' -> skipString();
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                default -> {}
            }
            at++;
            // Brackets of valid JSON always match, so counting them is enough.
        } while (depth > 0 || !isEnd(from));
        Bytes value = json.slice(from, at);
        skipSpace();
        return value;
    }

    /** Returns whether the value that began at {@code from}, none of whose brackets is open, ends here. */
    private boolean isEnd(int from) {
        byte first = json.at(from);
        // Strings, objects and arrays end with their last character. Numbers and literals end before the next
        // delimiter.
        boolean delimited = first == '"' || first == '{' || first == '[';
        return delimited || isSpace(json.at(at)) || json.at(at) == ',' || json.at(at) == '}';
    }

    /** Moves to the closing quote of the string that begins here. */
    private void skipString() {
        at++;
        while (json.at(at) != '"') {
            at += json.at(at) == '\\' ? 2 : 1;
        }
    }

    private void skipSpace() {
        while (isSpace(json.at(at))) {
            at++;
        }
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /** Returns whether a key, quotes included, is this name. */
    private static boolean is(Bytes literal, Bytes key) {
        if (literal.length() == key.length()) {
            return literal.equals(key);
        }
        // Only escapes give the same key another spelling, and they only make it longer.
        return literal.length() > key.length()
                && Json.text(literal.array(), literal.offset(), literal.end())
                        .equals(Json.text(key.array(), key.offset(), key.end()));
    }
}
