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
    private static final Ack NONE = new Ack(List.of(), null);

    private final List<@Nullable Object> values;
    private final @Nullable Continuation continuation;

    private Ack(List<@Nullable Object> values, @Nullable Continuation continuation) {
        this.values = values;
        this.continuation = continuation;
    }

    /** The work of a handler after its ack. */
    @FunctionalInterface
    public interface Continuation {
        /** Does the work. */
        void run() throws Exception;
    }

    /** Creates an ack of these values, in order; without values, an empty ack. {@code Ack.of(null)} is one value that is null. */
    public static Ack of(@Nullable Object @Nullable ... values) {
        if (values == null) {
            return new Ack(Collections.singletonList(null), null);
        }
        return new Ack(Collections.unmodifiableList(new ArrayList<@Nullable Object>(Arrays.asList(values))), null);
    }

    /** Returns the result of a handler that does not answer: the next handler of the event may. */
    public static Ack none() {
        return NONE;
    }

    /**
     * Returns an ack with the same values, after which the server goes on: {@code return Ack.of("stored").then(() -> index(text));}. The
     * server sends the ack, and then runs {@code rest} as a part of the handler: the next event of the socket waits for it. A failure
     * is reported as that of a handler, but the ack is sent already. In {@link HandlerMode#EVENT_LOOP} the ack leaves when the work is done.
     */
    public Ack then(Continuation rest) {
        return new Ack(values, rest);
    }

    /** Returns the work after the ack, or null. */
    public @Nullable Continuation continuation() {
        return continuation;
    }

    /** Returns the values. */
    public List<@Nullable Object> values() {
        return values;
    }
}
