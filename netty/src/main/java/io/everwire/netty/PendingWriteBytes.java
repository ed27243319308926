package io.everwire.netty;

import io.netty.channel.Channel;

/** How much waits in a channel to be taken by the operating system. */
final class PendingWriteBytes {
    private PendingWriteBytes() {}

    /** In bytes, as of now. Netty tells how far the water marks are; it turns one byte beyond them. */
    static long of(Channel channel) {
        return channel.isWritable()
                ? Math.max(0, channel.config().getWriteBufferHighWaterMark() + 1 - channel.bytesBeforeUnwritable())
                : channel.config().getWriteBufferLowWaterMark() - 1 + channel.bytesBeforeWritable();
    }
}
