package io.everwire.protocol;

import io.everwire.protocol.text.Json;
import org.jspecify.annotations.Nullable;

/**
 * A limit that a client passed.
 *
 * @param option the name of the server's option that sets it
 * @param limit the value of the option; a time is in milliseconds
 * @param value the value that the client would have reached, as far as it is known
 */
public record ReachedLimit(String option, long limit, long value) {
    /** Returns a limit that was passed by an unknown value: the rest was not read or not made. */
    public static ReachedLimit beyond(String option, long limit) {
        return new ReachedLimit(option, limit, limit + 1);
    }

    /** Returns the limit of a time that has passed, in milliseconds. */
    public static ReachedLimit time(String option, long limit) {
        return new ReachedLimit(option, limit, limit);
    }

    /** Returns the limit {@code maxJsonDepth} if a JSON text is nested deeper, or null. The text may be invalid. */
    public static @Nullable ReachedLimit depth(Bytes json, int max) {
        int depth = Json.depth(json.array(), json.offset(), json.end());
        return depth > max ? new ReachedLimit("maxJsonDepth", max, depth) : null;
    }

    /** Returns the text for logs and clients. It contains no data of a client. */
    @Override
    public String toString() {
        return option + ": the limit is " + limit + ", not " + value;
    }
}
