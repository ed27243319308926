package io.everwire;

import io.everwire.adapter.AckCollector;
import io.everwire.json.JsonCodec;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.JsonArray;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who answered a broadcast, with what, and who did not. Immutable.
 *
 * @param <T> what the answers were made of
 */
public final class AckResponses<T> {
    private final List<@Nullable T> values;
    private final Map<String, T> bySocket;
    private final Set<String> missing;
    private final int missingElsewhere;

    private AckResponses(List<@Nullable T> values, Map<String, T> bySocket, Set<String> missing, int missingElsewhere) {
        this.values = Collections.unmodifiableList(values);
        this.bySocket = Collections.unmodifiableMap(bySocket);
        this.missing = Collections.unmodifiableSet(missing);
        this.missingElsewhere = missingElsewhere;
    }

    /**
     * The answers by the ids of the sockets, in the order they came; null for an empty answer. Of sockets on other servers only if
     * the adapter tells who they are, which those of the Node server do not.
     */
    public Map<String, T> bySocket() {
        return bySocket;
    }

    /** All answers, in the order they came. */
    @SuppressWarnings("NullAway") // an empty answer is null
    public List<T> values() {
        return values;
    }

    /**
     * The ids of the sockets that were sent the event and did not answer: in time, before they left, at all because their
     * generation cannot, or not with what fits the type.
     */
    public Set<String> missing() {
        return missing;
    }

    /** How many did not answer, those included of whom it is not known who they are. */
    public int unanswered() {
        return missing.size() + missingElsewhere;
    }

    /** Whether everybody answered; true if there was nobody. */
    public boolean complete() {
        return unanswered() == 0;
    }

    @Override
    public String toString() {
        return values + ", missing " + unanswered();
    }

    /** Collects them; they become values only when somebody wants them. */
    static final class Collector implements AckCollector {
        private final JsonCodec codec;
        private final List<Answer> answered = new ArrayList<>();
        private final Set<String> missed = new LinkedHashSet<>();
        private int missedElsewhere;

        /** @param socketId null if it is not known */
        private record Answer(@Nullable String socketId, Arguments arguments) {}

        Collector(JsonCodec codec) {
            this.codec = codec;
        }

        @Override
        public synchronized void answered(String socketId, JsonArray data, List<Bytes> attachments) {
            answered.add(new Answer(socketId, new Arguments(data, 0, attachments, codec)));
        }

        @Override
        public synchronized void missed(String socketId) {
            missed.add(socketId);
        }

        @Override
        public synchronized void answeredElsewhere(JsonArray data, List<Bytes> attachments) {
            answered.add(new Answer(null, new Arguments(data, 0, attachments, codec)));
        }

        @Override
        public synchronized void missedElsewhere(int count) {
            missedElsewhere += count;
        }

        @SuppressWarnings("NullAway") // a client may answer with nothing
        synchronized <T> AckResponses<T> as(TypeToken<T> type) {
            List<@Nullable T> values = new ArrayList<>();
            Map<String, T> bySocket = new LinkedHashMap<>();
            Set<String> missing = new LinkedHashSet<>(missed);
            int elsewhere = missedElsewhere;
            for (Answer answer : answered) {
                String id = answer.socketId();
                try {
                    T value = answer.arguments().size() == 0
                            ? null
                            : answer.arguments().as(0, type);
                    values.add(value);
                    if (id != null) {
                        bySocket.put(id, value);
                    }
                } catch (BadArgumentsException doesNotFit) {
                    elsewhere += id == null ? 1 : 0;
                    if (id != null) {
                        missing.add(id);
                    }
                }
            }
            return new AckResponses<>(values, bySocket, missing, elsewhere);
        }
    }
}
