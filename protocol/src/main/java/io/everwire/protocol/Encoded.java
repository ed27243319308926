package io.everwire.protocol;

import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A packet as one generation writes it: made once by {@link Generation#encode}, shared by all its receivers. Two are equal
 * when they say the same.
 */
public final class Encoded {
    /** Nothing to send. */
    public static final Encoded NOTHING = new Encoded(Bytes.EMPTY, List.of(), false);

    private final Bytes text;
    private final List<Bytes> attachments;
    private final boolean last;
    private final SendOptions options;

    /** Found by whichever thread wrote it, or not yet: what it holds is immutable, so that it may be made once more. */
    private @Nullable Encoded variant;

    /**
     * All of it.
     *
     * @param text the text part; empty if there is none
     * @param attachments binary parts that follow the text, in order; without text and attachments nothing is sent: this
     *     generation has no way to say the packet
     * @param last whether the session ends after it (a generation without a packet for "disconnect" closes instead)
     * @param compress whether compressing it is worth the effort, where the transport can
     */
    public Encoded(Bytes text, List<Bytes> attachments, boolean last, boolean compress) {
        this(text, attachments, last, SendOptions.of(compress, 1));
    }

    /** All of it, sent with these options. */
    public Encoded(Bytes text, List<Bytes> attachments, boolean last, SendOptions options) {
        this.text = text;
        this.attachments = attachments;
        this.last = last;
        this.options = options;
    }

    /** One that may be compressed. */
    public Encoded(Bytes text, List<Bytes> attachments, boolean last) {
        this(text, attachments, last, true);
    }

    /** Text alone. */
    public static Encoded text(Bytes text) {
        return new Encoded(text, List.of(), false);
    }

    /** The text part; empty if there is none. */
    public Bytes text() {
        return text;
    }

    /** Binary parts that follow the text, in order. */
    public List<Bytes> attachments() {
        return attachments;
    }

    /** Whether the session ends after it. */
    public boolean last() {
        return last;
    }

    /** Returns whether to compress it, where the transport can. */
    public boolean compress() {
        return options.compress();
    }

    /** Returns how to send its messages. */
    public SendOptions options() {
        return options;
    }

    /** The same, compressed where the transport can, or not. */
    public Encoded compress(boolean worthwhile) {
        return worthwhile == compress()
                ? this
                : new Encoded(text, attachments, last, SendOptions.of(worthwhile, receivers()));
    }

    /** Returns the same packet, sent to this number of sessions. */
    public Encoded sharedBy(int receivers) {
        return receivers == receivers()
                ? this
                : new Encoded(text, attachments, last, SendOptions.of(compress(), receivers));
    }

    /** Returns the number of sessions that it is sent to. */
    public int receivers() {
        return options.receivers();
    }

    /** Whether there is nothing to send. */
    public boolean isNothing() {
        return text.isEmpty() && attachments.isEmpty();
    }

    /**
     * The same packet as some of the generation's clients want it: written when the first of them is reached, and shared by
     * all of them. Any thread; threads that come at one moment may each have it written.
     *
     * @param writer the generation's only one, so that it does not matter whose is called; its result depends on nothing
     *     but this packet
     */
    public Encoded variant(UnaryOperator<Encoded> writer) {
        Encoded written = variant;
        if (written == null) {
            written = writer.apply(this);
            variant = written;
        }
        return written;
    }

    /** Roughly what it occupies while it waits to be sent, in bytes; what is more than an int can say, counts as that much. */
    public int size() {
        long size = text.length();
        for (Bytes attachment : attachments) {
            size += attachment.length();
        }
        return (int) Math.min(size, Integer.MAX_VALUE);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Encoded that
                && text.equals(that.text)
                && attachments.equals(that.attachments)
                && last == that.last
                && compress() == that.compress();
    }

    @Override
    public int hashCode() {
        return Objects.hash(text, attachments, last, compress());
    }

    @Override
    public String toString() {
        return text + (attachments.isEmpty() ? "" : " and " + attachments.size() + " attachments");
    }
}
