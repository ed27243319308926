package io.everwire.testkit;

import io.everwire.protocol.Packet;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event that a {@link TestClient} received; a message is the event {@code message}. Two events are equal if their
 * names and arguments are, whether or not they ask for an ack.
 */
public final class TestEvent {
    private final String name;
    private final List<@Nullable Object> args;
    private final long ackId;

    TestEvent(String name, List<? extends @Nullable Object> args, long ackId) {
        this.name = name;
        this.args = Collections.unmodifiableList(args);
        this.ackId = ackId;
    }

    /**
     * Returns an event to compare with. Arguments are maps, lists, strings, numbers, booleans, nulls and byte arrays.
     */
    public static TestEvent of(String name, @Nullable Object... args) {
        return new TestEvent(name, Arrays.asList(args), Packet.NO_ACK);
    }

    /** Returns its name. */
    public String name() {
        return name;
    }

    /** Returns its arguments as maps, lists, strings, numbers, booleans and nulls; binary data as byte arrays. */
    public List<@Nullable Object> args() {
        return args;
    }

    /** Returns whether the server asks for an ack; see {@link TestClient#ack}. */
    public boolean wantsAck() {
        return ackId != Packet.NO_ACK;
    }

    long ackId() {
        return ackId;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TestEvent that
                && name.equals(that.name)
                && Arrays.deepEquals(args.toArray(), that.args.toArray());
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, Arrays.deepHashCode(args.toArray()));
    }

    @Override
    public String toString() {
        return name + Arrays.deepToString(args.toArray());
    }
}
