package io.everwire.protocol;

/**
 * The options for sending one message of a WebSocket.
 *
 * @param compress whether to compress it, if both sides can
 * @param receivers the number of sessions that receive the same bytes; if it is more than 1, a host may encode the
 *     frame once for all of them
 */
public record SendOptions(boolean compress, int receivers) {
    /** The options of a message for one session, without compression. */
    public static final SendOptions PLAIN = new SendOptions(false, 1);

    /** The options of a message for one session, compressed if both sides can. */
    static final SendOptions COMPRESSED = new SendOptions(true, 1);

    /** Returns the options of the same message, sent without compression. */
    public SendOptions uncompressed() {
        return compress ? of(false, receivers) : this;
    }

    /**
     * Returns the options with these values. Messages for one session share two instances, so that sending them
     * allocates nothing.
     */
    static SendOptions of(boolean compress, int receivers) {
        if (receivers > 1) {
            return new SendOptions(compress, receivers);
        }
        return compress ? COMPRESSED : PLAIN;
    }
}
