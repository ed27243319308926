package io.everwire.engine.frames;

/**
 * The header of a frame that a server sends (RFC 6455, section 5.2): the first byte and the length. A server does not
 * mask (section 5.1), so that a frame is a header of at most {@link #LONGEST} bytes and the payload.
 */
public final class FrameHeader {
    /** The first byte of a whole text message. */
    public static final int TEXT = 0x81;

    /** The first byte of a whole binary message. */
    public static final int BINARY = 0x82;

    /** The first byte of a close frame. */
    public static final int CLOSE = 0x88;

    /** The first byte of a pong. */
    public static final int PONG = 0x8A;

    /** RSV1, a bit of the first byte: the message is compressed (RFC 7692, section 6). */
    public static final int COMPRESSED = 0x40;

    /** The largest size of a header, in bytes. */
    public static final int LONGEST = 10;

    /** The longest payload whose length is a part of the header's second byte. */
    private static final int SHORT = 125;

    private static final int LONGEST_IN_TWO_BYTES = 0xFFFF;

    private FrameHeader() {}

    /** Returns the size of the header for a payload, in bytes: 2, 4 or 10. */
    public static int size(int payload) {
        return payload <= SHORT ? 2 : payload <= LONGEST_IN_TWO_BYTES ? 4 : LONGEST;
    }

    /**
     * Returns the second byte of the header for a payload: its length, or a number that says how many bytes of length
     * follow.
     */
    public static int secondByte(int payload) {
        return payload <= SHORT ? payload : payload <= LONGEST_IN_TWO_BYTES ? 126 : 127;
    }

    /**
     * Writes the header for a payload at {@code at}. Returns the index behind it.
     *
     * @param out has space for {@link #size} bytes
     */
    public static int write(byte[] out, int at, int firstByte, int payload) {
        out[at] = (byte) firstByte;
        out[at + 1] = (byte) secondByte(payload);
        int end = at + size(payload);
        // The length in network order, filled up with zeros at its front.
        long length = payload;
        for (int i = end - 1; i > at + 1; i--) {
            out[i] = (byte) length;
            length >>>= Byte.SIZE;
        }
        return end;
    }

    /** Returns a whole frame. */
    public static byte[] frame(int firstByte, byte[] payload, int from, int length) {
        byte[] frame = new byte[size(length) + length];
        System.arraycopy(payload, from, frame, write(frame, 0, firstByte, length), length);
        return frame;
    }
}
