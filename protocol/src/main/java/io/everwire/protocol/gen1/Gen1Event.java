package io.everwire.protocol.gen1;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.text.Json;
import org.jspecify.annotations.Nullable;

/** Finds name and arguments of an event, {@code {"name":"news","args":[1,2]}}: one walk over JSON that is known to be valid. */
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
     * The name, then the arguments; null if that is no valid object with a text for its name. As in the original, of equal
     * members the last counts, arguments may be missing, and one that is not in an array stands for itself.
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

    private @Nullable JsonArray data(int maxDepth) {
        if (name == null || name.at(0) != '"') {
            return null;
        }
        Bytes text = hasEscape(name) ? respelled(name) : name;
        if (args == null || args.at(0) == 'n') {
            return JsonArray.of(text);
        }
        JsonArray array = JsonArray.parse(args, maxDepth);
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

    private static boolean hasEscape(Bytes literal) {
        for (int i = 1; i < literal.length(); i++) {
            if (literal.at(i) == '\\') {
                return true;
            }
        }
        return false;
    }

    /** The same string with no more escapes than it needs: one name has one spelling. */
    private static Bytes respelled(Bytes literal) {
        return Bytes.of(Json.quote(Json.text(literal.array(), literal.offset(), literal.end())));
    }

    private void walk() {
        at = 1;
        skipSpace();
        while (json.at(at) != '}') {
            Bytes key = value();
            at++; // the colon
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

    /** The value that begins here; afterwards we are at the character after it that is no white space. */
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
        } while (depth > 0 || !isEnd(from));
        Bytes value = json.slice(from, at);
        skipSpace();
        return value;
    }

    /** Whether the value that began at {@code from}, none of whose brackets is open, ends here. */
    private boolean isEnd(int from) {
        byte first = json.at(from);
        boolean delimited = first == '"' || first == '{' || first == '[';
        return delimited || isSpace(json.at(at)) || json.at(at) == ',' || json.at(at) == '}';
    }

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

    private static boolean is(Bytes literal, Bytes key) {
        if (literal.length() == key.length()) {
            return literal.equals(key);
        }
        // Only escapes make another spelling of the same key, and only longer ones.
        return literal.length() > key.length()
                && Json.text(literal.array(), literal.offset(), literal.end())
                        .equals(Json.text(key.array(), key.offset(), key.end()));
    }
}
