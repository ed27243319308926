package io.everwire.adapter;

import io.everwire.protocol.Packet;
import java.util.List;

/**
 * What the other servers had to say to a question.
 *
 * @param replies of each that answered one, in the order they came
 * @param missing how many did not answer in time
 */
public record ClusterReplies(List<Packet.Ack> replies, int missing) {
    /** Nobody was asked. */
    public static final ClusterReplies NOBODY = new ClusterReplies(List.of(), 0);

    /** Copies the list. */
    public ClusterReplies {
        replies = List.copyOf(replies);
    }
}
