package io.everwire.protocol;

import io.everwire.protocol.text.Json;

/**
 * Reads valid JSON from its begin to its end, without binding it. The behaviour for other text is undefined: {@link Json}
 * validates. Not thread-safe.
 *
 * <pre>
 * if (cursor.begin()) {
 *     do {
 *         Bytes key = cursor.key(); // in objects
 *         Bytes value = cursor.skip();
 *     } while (cursor.another());
 * }
 * </pre>
 */
public final class JsonCursor {
    private final Bytes json;

    /** The array of the JSON; index 0 of the cursor is {@link #first} in it. Read directly: it is faster (benchmark binary). */
    private final byte[] array;

    private final int first;
    private final int length;
    private int at;

    /** Creates a cursor at the first byte. */
    public JsonCursor(Bytes json) {
        this.json = json;
        this.array = json.array();
        this.first = json.offset();
        this.length = json.length();
    }

    /** Returns the index of the byte at the cursor. */
    public int at() {
        return at;
    }

    /** Returns the byte at the cursor. */
    public byte next() {
        return byteAt(at);
    }

    /** Returns the JSON from an index to the cursor. */
    public Bytes since(int from) {
        return json.slice(from, at);
    }

    /** Consumes white space. */
    public void space() {
        while (at < length && isSpace(byteAt(at))) {
            at++;
        }
    }

    /**
     * Consumes the bracket that opens an array or an object.
     *
     * @return whether the cursor is at an element or a key; if not, the closing bracket is consumed as well
     */
    public boolean begin() {
        at++;
        space();
        boolean empty = isEnd(byteAt(at));
        at += empty ? 1 : 0;
        return !empty;
    }

    /**
     * Consumes the comma or the closing bracket behind an element.
     *
     * @return whether the cursor is at another element or key
     */
    public boolean another() {
        space();
        boolean comma = byteAt(at++) == ',';
        if (comma) {
            space();
        }
        return comma;
    }

    /** Consumes a key and its colon; returns the key with its quotes. */
    public Bytes key() {
        int from = at;
        string();
        Bytes key = since(from);
        space();
        at++;
        space();
        return key;
    }

    /** Consumes a value, however deep, and returns it. */
    public Bytes skip() {
        int from = at;
        int depth = 0;
        do {
            byte b = byteAt(at);
            if (b == '"') {
                string();
                continue;
            }
            // The brackets of valid JSON outside of its strings always match.
            if (b == '{' || b == '[') {
                depth++;
            } else if (isEnd(b)) {
                depth--;
            }
            at++;
        } while (depth > 0 || (at < length && !isBehindValue(byteAt(at))));
        return since(from);
    }

    private void string() {
        at++;
        for (byte b = byteAt(at); b != '"'; b = byteAt(at)) {
            at += b == '\\' ? 2 : 1;
        }
        at++;
    }

    private byte byteAt(int index) {
        return array[first + index];
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private static boolean isEnd(byte b) {
        return b == ']' || b == '}';
    }

    private static boolean isBehindValue(byte b) {
        return b == ',' || isEnd(b) || isSpace(b);
    }

    /** Returns whether a key, quotes included, has this name, which has its quotes. Keys may be spelled with escapes. */
    public static boolean isKey(Bytes key, Bytes name) {
        if (key.equals(name)) {
            return true;
        }
        for (int i = 1; i < key.length(); i++) {
            if (key.at(i) == '\\') {
                String text = Json.text(key.array(), key.offset(), key.end());
                return name.toString().equals('"' + text + '"');
            }
        }
        return false;
    }
}
