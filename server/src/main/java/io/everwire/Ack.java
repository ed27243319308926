package io.everwire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An ack of any number of values, for handlers of {@code onCall}: {@code return Ack.of(a, b);}. Every other object that a handler
 * returns is one value, a list and an array too. Immutable.
 */
public final class Ack {
    private static final Ack NONE = new Ack(List.of());

    private final List<@Nullable Object> values;

    private Ack(List<@Nullable Object> values) {
        this.values = values;
    }

    /** Creates an ack of these values, in order; without values, an empty ack. {@code Ack.of(null)} is one value that is null. */
    public static Ack of(@Nullable Object @Nullable ... values) {
        if (values == null) {
            return new Ack(Collections.singletonList(null));
        }
        return new Ack(Collections.unmodifiableList(new ArrayList<@Nullable Object>(Arrays.asList(values))));
    }

    /** Returns the result of a handler that does not answer: the next handler of the event may. */
    public static Ack none() {
        return NONE;
    }

    /** Returns the values. */
    public List<@Nullable Object> values() {
        return values;
    }
}
