package io.everwire.core.dispatch;

import io.everwire.Arguments;
import io.everwire.BadArgumentsException;
import io.everwire.TypeToken;
import io.everwire.json.JsonCodec;
import io.everwire.json.RawJson;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.JsonArray;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arguments that are JSON until they are read. */
public final class EventArguments implements Arguments {
    private final JsonArray json;
    private final int first;
    private final List<Bytes> attachments;
    private final JsonCodec codec;
    private final @Nullable AckSender ack;

    /** @param first the index of the first argument in {@code json}: 1 after the name of an event, 0 in an ack */
    public EventArguments(JsonArray json, int first, List<Bytes> attachments, JsonCodec codec) {
        this(json, first, attachments, codec, null);
    }

    /** @param ack sends the ack of the event; null for the values of an ack, and if the client did not ask for one */
    EventArguments(JsonArray json, int first, List<Bytes> attachments, JsonCodec codec, @Nullable AckSender ack) {
        this.json = json;
        this.first = first;
        this.attachments = attachments;
        this.codec = codec;
        this.ack = ack;
    }

    /** Sends the ack of one event. Any thread. */
    interface AckSender {
        /** Sends these values, unless an ack was sent. */
        void send(@Nullable Object... values);
    }

    @Override
    public boolean ackRequested() {
        return ack != null;
    }

    @Override
    public void ack(@Nullable Object... values) {
        if (ack != null) {
            ack.send(values);
        }
    }

    @Override
    public int size() {
        return json.size() - first;
    }

    @Override
    @SuppressWarnings("unchecked") // The codec returns the type of the token.
    public <T extends @Nullable Object> @Nullable T as(int index, TypeToken<T> type) {
        if (index >= size()) {
            throw new BadArgumentsException("argument " + (index + 1) + " is missing");
        }
        Bytes argument = json.element(first + index);
        if (type.type() == RawJson.class) {
            return (T) RawArguments.read(argument, attachments);
        }
        try {
            return (T) codec.read(argument.array(), argument.offset(), argument.end(), type.type(), binaries());
        } catch (RuntimeException | StackOverflowError e) {
            throw Binding.failed("argument " + (index + 1), e);
        }
    }

    @Override
    public List<@Nullable Object> all() {
        List<@Nullable Object> all = new ArrayList<>(size());
        for (int i = 0; i < size(); i++) {
            all.add(as(i, Object.class));
        }
        return all;
    }

    /** Returns the values of an ack as a type: all of them for {@link Arguments}, else the first one, and null without values. */
    @SuppressWarnings("unchecked") // The type of the token is compared.
    public <T> @Nullable T asAnswer(TypeToken<T> type) {
        if (type.type() == Arguments.class) {
            return (T) this;
        }
        return size() == 0 ? null : as(0, type);
    }

    @Override
    public List<RawJson> raw() {
        List<RawJson> raw = new ArrayList<>(size());
        for (int i = 0; i < size(); i++) {
            raw.add(RawArguments.read(json.element(first + i), attachments));
        }
        return raw;
    }

    /** Copies an attachment when it is read: each belongs to one argument at most, so that reading all arguments copies each once. */
    private List<byte[]> binaries() {
        return attachments.isEmpty() ? List.of() : new Copies(attachments);
    }

    private static final class Copies extends AbstractList<byte[]> {
        private final List<Bytes> attachments;

        Copies(List<Bytes> attachments) {
            this.attachments = attachments;
        }

        @Override
        public byte[] get(int index) {
            return attachments.get(index).toByteArray();
        }

        @Override
        public int size() {
            return attachments.size();
        }
    }
}
