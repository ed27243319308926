package io.everwire.protocol;

import java.util.List;

/**
 * A packet as one generation writes it: made once by {@link Generation#encode}, shared by all its receivers.
 *
 * @param text the text part; empty if this generation has no way to say the packet, and then nothing is sent
 * @param attachments binary parts that follow the text, in order
 * @param last whether the session ends after it (a generation without a packet for "disconnect" closes instead)
 */
public record Encoded(Bytes text, List<Bytes> attachments, boolean last) {
    /** Nothing to send. */
    public static final Encoded NOTHING = new Encoded(Bytes.EMPTY, List.of(), false);

    /** Text alone. */
    public static Encoded text(Bytes text) {
        return new Encoded(text, List.of(), false);
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
