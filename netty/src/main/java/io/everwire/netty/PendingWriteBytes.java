package io.everwire.netty;

import io.netty.channel.Channel;

/** Computes the number of bytes that are queued in a channel, from what its public methods show. */
final class PendingWriteBytes {
    private PendingWriteBytes() {}

    /**
     * Returns the number of bytes written to {@code channel} that the operating system has not taken.
     *
     * <p>Netty has no public getter for it, but the distance to a water mark. A channel becomes unwritable one byte
     * above the high mark, and writable again one byte below the low mark ({@code ChannelOutboundBuffer}, Netty 4.2).
     */
    static long of(Channel channel) {
        return channel.isWritable()
                ? Math.max(0, channel.config().getWriteBufferHighWaterMark() + 1 - channel.bytesBeforeUnwritable())
                : channel.config().getWriteBufferLowWaterMark() - 1 + channel.bytesBeforeWritable();
    }
}
