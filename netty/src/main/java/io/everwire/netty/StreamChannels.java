package io.everwire.netty;

import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;

/**
 * Recognizes the channels of single requests: streams of HTTP/2, whose parent is the connection. The parent of a
 * connection is the port, or null.
 */
final class StreamChannels {
    private StreamChannels() {}

    /** Returns whether a channel is a stream of a connection. */
    static boolean isStream(Channel channel) {
        Channel parent = channel.parent();
        return parent != null && !(parent instanceof ServerChannel);
    }

    /** Returns the channel of the connection: the parent of a stream, or the channel itself. */
    static Channel connection(Channel channel) {
        return isStream(channel) ? channel.parent() : channel;
    }
}
