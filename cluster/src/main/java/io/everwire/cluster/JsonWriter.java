package io.everwire.cluster;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.msgpack.ByteSink;
import io.everwire.protocol.text.Json;
import java.util.Collection;

/** Writes JSON in UTF-8, without white space, as {@code JSON.stringify} does. Not thread-safe. */
final class JsonWriter {
    private final ByteSink out;

    /** True if a comma must stand before the next element. */
    private boolean comma;

    /** @param expected the expected size in bytes */
    JsonWriter(int expected) {
        this.out = new ByteSink(expected);
    }

    /** Begins an object or an array with its bracket. */
    JsonWriter begin(char bracket) {
        separate();
        out.put(bracket);
        comma = false;
        return this;
    }

    /** Ends an object or an array with its bracket. */
    JsonWriter end(char bracket) {
        out.put(bracket);
        comma = true;
        return this;
    }

    /** Writes the name of a member; its value follows. */
    JsonWriter name(String name) {
        text(name);
        out.put(':');
        comma = false;
        return this;
    }

    /** Writes a text. */
    JsonWriter text(String text) {
        separate();
        out.put(Bytes.of(Json.quote(text)));
        comma = true;
        return this;
    }

    /** Writes an integer. */
    JsonWriter number(long number) {
        return raw(Long.toString(number));
    }

    /** Writes true or false. */
    JsonWriter bool(boolean value) {
        return raw(Boolean.toString(value));
    }

    /** Writes a value that is valid JSON. */
    JsonWriter value(Bytes json) {
        separate();
        out.put(json);
        comma = true;
        return this;
    }

    /** Writes an array of texts. */
    JsonWriter texts(Collection<String> texts) {
        begin('[');
        texts.forEach(this::text);
        return end(']');
    }

    /** Returns what was written. */
    Bytes done() {
        return Bytes.of(out.from(0).toByteArray());
    }

    private JsonWriter raw(String ascii) {
        separate();
        out.ascii(ascii);
        comma = true;
        return this;
    }

    private void separate() {
        if (comma) {
            out.put(',');
        }
    }
}
