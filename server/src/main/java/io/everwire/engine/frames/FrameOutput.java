package io.everwire.engine.frames;

import io.everwire.protocol.Bytes;
import org.jspecify.annotations.Nullable;

/** Sends the frames of one WebSocket. Implemented by hosts, which write the {@link FrameHeader}; called on the event loop. */
public interface FrameOutput {
    /** Sends a frame, in the order called. */
    void frame(int firstByte, Bytes payload);

    /**
     * Sends the frame of a message that several sessions are sent, which an output may build once for all of them
     * ({@link SharedFrameCache}).
     *
     * @param message the message before compression
     * @param deflate compresses it without reference to earlier messages, if {@code firstByte} says so; else null
     */
    void sharedFrame(int firstByte, Bytes message, @Nullable MessageDeflate deflate);
}
