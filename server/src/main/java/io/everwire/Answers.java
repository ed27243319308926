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

/**
 * Who answered a broadcast, with what, and who did not. Immutable.
 *
 * @param <T> what the answers were made of
 */
public final class Answers<T> {
    private final Map<String, T> bySocket;
    private final Set<String> missing;

    private Answers(Map<String, T> bySocket, Set<String> missing) {
        this.bySocket = Collections.unmodifiableMap(bySocket);
        this.missing = Collections.unmodifiableSet(missing);
    }

    /** The answers by the ids of the sockets, in the order they came; null for an empty answer. */
    public Map<String, T> bySocket() {
        return bySocket;
    }

    /** The answers, in the order they came. */
    public List<T> values() {
        return Collections.unmodifiableList(new ArrayList<>(bySocket.values()));
    }

    /**
     * The ids of the sockets that were sent the event and did not answer: in time, before they left, at all because their
     * generation cannot, or not with what fits the type.
     */
    public Set<String> missing() {
        return missing;
    }

    /** Whether everybody answered; true if there was nobody. */
    public boolean complete() {
        return missing.isEmpty();
    }

    @Override
    public String toString() {
        return bySocket + ", missing " + missing;
    }

    /** Collects them; they become values only when somebody wants them. */
    static final class Collector implements AckCollector {
        private final JsonCodec codec;
        private final Map<String, Arguments> answered = new LinkedHashMap<>();
        private final Set<String> missed = new LinkedHashSet<>();

        Collector(JsonCodec codec) {
            this.codec = codec;
        }

        @Override
        public synchronized void answered(String socketId, JsonArray data, List<Bytes> attachments) {
            answered.put(socketId, new Arguments(data, 0, attachments, codec));
        }

        @Override
        public synchronized void missed(String socketId) {
            missed.add(socketId);
        }

        @SuppressWarnings("NullAway") // a client may answer with nothing
        synchronized <T> Answers<T> as(TypeToken<T> type) {
            Map<String, T> values = new LinkedHashMap<>();
            Set<String> missing = new LinkedHashSet<>(missed);
            answered.forEach((id, arguments) -> {
                try {
                    values.put(id, arguments.size() == 0 ? null : arguments.as(0, type));
                } catch (BadArgumentsException doesNotFit) {
                    missing.add(id);
                }
            });
            return new Answers<>(values, missing);
        }
    }
}
