package io.everwire.benchmarks.load;

import io.netty.buffer.ByteBuf;

/** Counts the frames that a server sends, however they are cut into reads; only short ones are looked into. */
final class FrameCounter {
    /** Payloads up to this length are told: heartbeats of every generation, and no message of a scenario. */
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

    /** Told of short frames; they are not counted. */
    interface Sink {
        /** A frame's payload, and whether it is a close frame, whatever its length. Returns whether to count it. */
        boolean frame(boolean close, byte[] payload, int length);
    }

    FrameCounter(Sink shortFrames) {
        this.shortFrames = shortFrames;
    }

    /** Uses up {@code in}; returns how many frames ended in it. */
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

    /** Returns whether a head is complete; then the payload follows, if there is one. */
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
