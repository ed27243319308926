package io.everwire;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The acks of a broadcast: the answers, and the sockets that did not answer. Immutable.
 *
 * @param <T> the type of the answers
 */
public final class AckResponses<T> {
    private final List<@Nullable T> values;
    private final Map<String, @Nullable T> bySocket;
    private final Set<String> missing;
    private final int missingElsewhere;

    private AckResponses(
            List<@Nullable T> values, Map<String, @Nullable T> bySocket, Set<String> missing, int missingElsewhere) {
        this.values = values;
        this.bySocket = bySocket;
        this.missing = missing;
        this.missingElsewhere = missingElsewhere;
    }

    /**
     * Creates responses, for example to test code that uses them. Copies the collections.
     *
     * @param values all answers, in the order received
     * @param bySocket the answers of the sockets whose id is known
     * @param missing the ids of the sockets that did not answer
     * @param missingElsewhere the number of sockets without an answer whose id is not known
     */
    public static <T> AckResponses<T> of(
            Collection<? extends @Nullable T> values,
            Map<String, ? extends @Nullable T> bySocket,
            Set<String> missing,
            int missingElsewhere) {
        return new AckResponses<>(
                Collections.unmodifiableList(new ArrayList<@Nullable T>(values)),
                Collections.unmodifiableMap(new LinkedHashMap<String, @Nullable T>(bySocket)),
                Collections.unmodifiableSet(new LinkedHashSet<>(missing)),
                missingElsewhere);
    }

    /**
     * Returns the answers by the ids of the sockets, in the order received; null for an empty ack. Sockets of other servers are in it
     * only if the adapter sends their ids, which the adapters of the Node server do not.
     */
    public Map<String, @Nullable T> bySocket() {
        return bySocket;
    }

    /** Returns all answers, in the order received; null for an empty ack. */
    public List<@Nullable T> values() {
        return values;
    }

    /**
     * Returns the ids of the sockets that received the event and did not answer: they were too late, they disconnected, their
     * generation has no acks, or the answer did not fit the type.
     */
    public Set<String> missing() {
        return missing;
    }

    /** Returns the number of sockets that did not answer, sockets with unknown ids included. */
    public int unanswered() {
        return missing.size() + missingElsewhere;
    }

    /** Returns whether all sockets answered; true if there was none. */
    public boolean complete() {
        return unanswered() == 0;
    }

    @Override
    public String toString() {
        return values + ", missing " + unanswered();
    }
}
