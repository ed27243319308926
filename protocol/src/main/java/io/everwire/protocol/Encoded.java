package io.everwire.protocol;

import java.util.List;

/**
 * A packet as one generation writes it: made once by {@link Generation#encode}, shared by all its receivers.
 *
 * @param text the text part; empty if this generation has no way to say the packet, and then nothing is sent
 * @param attachments binary parts that follow the text, in order
 * @param last whether the session ends after it (a generation without a packet for "disconnect" closes instead)
 * @param compress whether compressing it is worth the effort, where the transport can
 */
public record Encoded(Bytes text, List<Bytes> attachments, boolean last, boolean compress) {
    /** Nothing to send. */
    public static final Encoded NOTHING = new Encoded(Bytes.EMPTY, List.of(), false);

    /** One that may be compressed. */
    public Encoded(Bytes text, List<Bytes> attachments, boolean last) {
        this(text, attachments, last, true);
    }

    /** Text alone. */
    public static Encoded text(Bytes text) {
        return new Encoded(text, List.of(), false);
    }

    /** The same, compressed where the transport can, or not. */
    public Encoded compress(boolean worthwhile) {
        return worthwhile == compress ? this : new Encoded(text, attachments, last, worthwhile);
    }

    /** Roughly what it occupies while it waits to be sent, in bytes. */
    public int size() {
        int size = text.length();
        for (Bytes attachment : attachments) {
            size += attachment.length();
        }
        return size;
    }
}
