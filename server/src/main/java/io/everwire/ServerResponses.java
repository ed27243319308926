package io.everwire;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answers of the other servers of a cluster. Immutable.
 *
 * @param <T> the type of the answers
 */
public final class ServerResponses<T> {
    private final List<@Nullable T> values;
    private final int missing;

    private ServerResponses(List<@Nullable T> values, int missing) {
        this.values = values;
        this.missing = missing;
    }

    /** Creates responses, for example to test code that uses them. Copies the collection. */
    public static <T> ServerResponses<T> of(Collection<? extends @Nullable T> values, int missing) {
        return new ServerResponses<>(Collections.unmodifiableList(new ArrayList<@Nullable T>(values)), missing);
    }

    /** Returns one answer for each server that answered, in the order received; null for an empty answer. */
    public List<@Nullable T> values() {
        return values;
    }

    /** Returns the number of servers that did not answer in time, or whose answer did not fit the type. */
    public int missing() {
        return missing;
    }

    /** Returns whether all servers answered; true if there is no other server. */
    public boolean complete() {
        return missing == 0;
    }

    @Override
    public String toString() {
        return values + ", missing " + missing;
    }
}
