package io.everwire.engine.frames;

/**
 * The bytes of a read, in the form in which a host has them: a host whose bytes are not in an array need not copy them
 * into one (benchmark {@code echo-deep}). Used on the event loop only. The caller checks {@link #available} before each
 * call; numbers are big-endian.
 */
public interface FrameInput {
    /** Returns the number of bytes that can be read. */
    int available();

    /** Reads one byte, as a number from 0 to 255. */
    int readByte();

    /** Reads two bytes, as a number from 0 to 65,535. */
    int readShort();

    /** Reads four bytes. */
    int readInt();

    /** Reads eight bytes. */
    long readLong();

    /** Reads {@code length} bytes into {@code target}. */
    void read(byte[] target, int at, int length);

    /** Skips all bytes that are left. */
    void skipRest();
}
