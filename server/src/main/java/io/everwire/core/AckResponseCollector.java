package io.everwire.core;

import io.everwire.AckResponses;
import io.everwire.BadArgumentsException;
import io.everwire.TypeToken;
import io.everwire.adapter.AckCollector;
import io.everwire.core.dispatch.EventArguments;
import io.everwire.json.JsonCodec;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.JsonArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the acks of a broadcast. They stay JSON until {@link #as} reads them. Any thread. */
final class AckResponseCollector implements AckCollector {
    private final JsonCodec codec;
    private final List<Answer> answers = new ArrayList<>();
    private final Set<String> missed = new LinkedHashSet<>();
    private int missedElsewhere;

    /** @param socketId null if it is not known */
    private record Answer(@Nullable String socketId, EventArguments arguments) {}

    AckResponseCollector(JsonCodec codec) {
        this.codec = codec;
    }

    @Override
    public synchronized void answered(String socketId, JsonArray data, List<Bytes> attachments) {
        answers.add(new Answer(socketId, new EventArguments(data, 0, attachments, codec)));
    }

    @Override
    public synchronized void missed(String socketId) {
        missed.add(socketId);
    }

    @Override
    public synchronized void answeredElsewhere(JsonArray data, List<Bytes> attachments) {
        answers.add(new Answer(null, new EventArguments(data, 0, attachments, codec)));
    }

    @Override
    public synchronized void missedElsewhere(int count) {
        missedElsewhere += count;
    }

    /** Reads the answers as a type; one that does not fit counts as missing. */
    synchronized <T> AckResponses<T> as(TypeToken<T> type) {
        List<@Nullable T> values = new ArrayList<>();
        Map<String, @Nullable T> bySocket = new LinkedHashMap<>();
        Set<String> missing = new LinkedHashSet<>(missed);
        int elsewhere = missedElsewhere;
        for (Answer answer : answers) {
            String id = answer.socketId();
            try {
                T value = answer.arguments().asAnswer(type);
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
        return AckResponses.of(values, bySocket, missing, elsewhere);
    }
}
