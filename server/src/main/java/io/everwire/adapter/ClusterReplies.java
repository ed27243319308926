package io.everwire.adapter;

import io.everwire.protocol.Packet;
import java.util.List;

/**
 * The replies of the other servers to one event.
 *
 * @param replies one of each server that replied, in the order of arrival
 * @param missing the number of servers that did not reply in time
 */
public record ClusterReplies(List<Packet.Ack> replies, int missing) {
    /** The replies if the server is alone. */
    public static final ClusterReplies NOBODY = new ClusterReplies(List.of(), 0);

    /** Copies the list. */
    public ClusterReplies {
        replies = List.copyOf(replies);
    }
}
