package io.everwire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer of any number of values, for handlers of {@code onCall}: {@code return Ack.of(a, b);}. Whatever else a handler
 * returns, a list or an array too, is one value. Immutable.
 */
public final class Ack {
    private final List<@Nullable Object> values;

    private Ack(List<@Nullable Object> values) {
        this.values = Collections.unmodifiableList(values);
    }

    /** The answer of these values, in order; of none, an empty answer. A null instead of the values is one that is null. */
    public static Ack of(@Nullable Object @Nullable ... values) {
        if (values == null) {
            return new Ack(Collections.singletonList(null));
        }
        return new Ack(new ArrayList<@Nullable Object>(Arrays.asList(values)));
    }

    /** The values. */
    public List<@Nullable Object> values() {
        return values;
    }
}
