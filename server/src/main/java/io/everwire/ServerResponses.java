package io.everwire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the other servers of a cluster answered, and how many did not. Immutable.
 *
 * @param <T> what the answers were made of
 */
public final class ServerResponses<T> {
    private final List<@Nullable T> values;
    private final int missing;

    ServerResponses(List<@Nullable T> values, int missing) {
        this.values = Collections.unmodifiableList(new ArrayList<>(values));
        this.missing = missing;
    }

    /** One for each server that answered, in the order they came; null for an empty answer. */
    public List<@Nullable T> values() {
        return values;
    }

    /** How many servers did not answer in time, or not with what fits the type. */
    public int missing() {
        return missing;
    }

    /** Whether all answered; true if there is no other server. */
    public boolean complete() {
        return missing == 0;
    }

    @Override
    public String toString() {
        return values + ", missing " + missing;
    }
}
