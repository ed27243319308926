package io.everwire.benchmarks.load;

import io.netty.buffer.ByteBuf;

/** Counts the frames of a server across reads of any size; only short frames are decoded. */
final class FrameCounter {
    /**
     * The longest payload that is passed on: it includes heartbeats of every generation, but no message of a
     * scenario.
     */
    static final int SHORT = 24;

    private static final int OPCODE = 0x0F;
    private static final int CLOSE = 8;
    private static final int LONGEST_HEAD = 10;

    private final Sink shortFrames;
    private final byte[] head = new byte[LONGEST_HEAD];
    private int headLength;
    private final byte[] payload = new byte[SHORT];
    private int payloadLength;
    private boolean isShort;
    private long left;

    /** Receives short frames, which are not counted. */
    interface Sink {
        /** Receives the payload of a short frame, or a close frame of any length; returns whether it counts. */
        boolean frame(boolean close, byte[] payload, int length);
    }

    FrameCounter(Sink shortFrames) {
        this.shortFrames = shortFrames;
    }

    /** Reads {@code in} to its end; returns the number of frames that end in it. */
    int count(ByteBuf in) {
        int frames = 0;
        while (in.isReadable()) {
            if (left == 0 && !readHead(in)) {
                return frames;
            }
            int part = (int) Math.min(left, in.readableBytes());
            if (isShort) {
                in.readBytes(payload, payloadLength, part);
                payloadLength += part;
            } else {
                in.skipBytes(part);
            }
            left -= part;
            if (left == 0) {
                frames += ended() ? 1 : 0;
            }
        }
        return frames;
    }

    private boolean ended() {
        headLength = 0;
        boolean close = (head[0] & OPCODE) == CLOSE;
        return !(isShort || close) || shortFrames.frame(close, payload, payloadLength);
    }

    /** Returns whether a head is complete; its payload follows, if it has one. */
    private boolean readHead(ByteBuf in) {
        while (headLength < 2 || headLength < headSize()) {
            if (!in.isReadable()) {
                return false;
            }
            head[headLength++] = in.readByte();
        }
        left = head[1] & 0x7F;
        if (left >= 126) {
            left = 0;
            for (int i = 2; i < headLength; i++) {
                left = left << 8 | (head[i] & 0xFF);
            }
        }
        isShort = left <= SHORT;
        payloadLength = 0;
        return true;
    }

    private int headSize() {
        return switch (head[1] & 0x7F) {
            case 126 -> 4;
            case 127 -> LONGEST_HEAD;
            default -> 2;
        };
    }
}
