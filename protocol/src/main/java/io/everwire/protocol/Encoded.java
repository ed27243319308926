package io.everwire.protocol;

import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A packet in the bytes of one generation: made once by {@link Generation#encode} and shared by all receivers.
 *
 * <p>Two instances are equal if they have the same contents; {@link #receivers()} is not compared.
 */
public final class Encoded {
    /**
     * The estimated memory of a queued part beside its bytes: this object, {@link Bytes}, the head of its array and a
     * place in a queue, on a JVM of 64 bits.
     */
    public static final int OVERHEAD = 96;

    /** A packet without bytes: nothing is sent. */
    public static final Encoded NOTHING = new Encoded(Bytes.EMPTY, List.of(), false);

    private final Bytes text;
    private final List<Bytes> attachments;
    private final boolean last;
    private final SendOptions options;

    /**
     * The cached result of {@link #variant}, or null. Written without synchronization: two threads may both make the
     * immutable variant, and either one is right.
     */
    private @Nullable Encoded variant;

    /**
     * Creates a packet for one session.
     *
     * @param text the text part; empty if the packet has none
     * @param attachments binary parts that follow the text, in order; without text and attachments nothing is sent,
     *     because this generation cannot express the packet
     *
     * @param last whether the session ends after it (a generation without a packet for "disconnect" closes instead)
     * @param compress whether to compress it, if the transport can
     */
    public Encoded(Bytes text, List<Bytes> attachments, boolean last, boolean compress) {
        this(text, attachments, last, SendOptions.of(compress, 1));
    }

    /** Creates a packet that is sent with these options. */
    public Encoded(Bytes text, List<Bytes> attachments, boolean last, SendOptions options) {
        this.text = text;
        this.attachments = attachments;
        this.last = last;
        this.options = options;
    }

    /** Creates a packet for one session that is compressed if the transport can. */
    public Encoded(Bytes text, List<Bytes> attachments, boolean last) {
        this(text, attachments, last, true);
    }

    /** Returns a packet of text only. */
    public static Encoded text(Bytes text) {
        return new Encoded(text, List.of(), false);
    }

    /** Returns the text part; empty if the packet has none. */
    public Bytes text() {
        return text;
    }

    /** Returns the binary parts that follow the text, in order. */
    public List<Bytes> attachments() {
        return attachments;
    }

    /** Returns whether the session ends after it. */
    public boolean last() {
        return last;
    }

    /** Returns whether to compress it, if the transport can. */
    public boolean compress() {
        return options.compress();
    }

    /** Returns the options for sending its messages. */
    public SendOptions options() {
        return options;
    }

    /** Returns the same packet, compressed (if the transport can) or not. */
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

    /** Returns whether it has neither text nor attachments. */
    public boolean isNothing() {
        return text.isEmpty() && attachments.isEmpty();
    }

    /**
     * Returns the same packet in the form that some clients of the generation need. It is written when the first of
     * them is reached, and shared by all of them.
     *
     * <p>Called on any thread. Threads that call it at the same moment may each run {@code writer}.
     *
     * @param writer the only writer of the generation, so that every caller passes an equal one; its result depends on
     *     this packet alone
     */
    public Encoded variant(UnaryOperator<Encoded> writer) {
        Encoded written = variant;
        if (written == null) {
            written = writer.apply(this);
            variant = written;
        }
        return written;
    }

    /**
     * Returns the memory that it uses while it is queued, in bytes, at most {@link Integer#MAX_VALUE}: its bytes, and
     * {@link #OVERHEAD} for each part, because many small packets use more memory than their bytes.
     */
    public int size() {
        long size = bytes() + OVERHEAD * (1L + attachments.size());
        return (int) Math.min(size, Integer.MAX_VALUE);
    }

    /** Returns the number of bytes of all its parts. */
    public long bytes() {
        long bytes = text.length();
        for (Bytes attachment : attachments) {
            bytes += attachment.length();
        }
        return bytes;
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
