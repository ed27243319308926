package io.everwire.cluster;

import io.everwire.adapter.ClusterContext;
import io.everwire.protocol.Bytes;
import java.util.concurrent.CompletionStage;

/**
 * Moves bytes between the servers of a cluster by channels. Other modules implement it; {@link ClusterAdapters} calls it.
 *
 * <p>Any thread may call it. No method blocks and none throws: a failure is a failed stage. Calls of one thread take effect
 * in their order: two messages that it publishes, one after the other, arrive in this order.
 */
public interface Line {
    /** Receives messages and changes of state. Its methods are short. */
    interface Listener {
        /**
         * Called for each message, in the order of arrival, by one thread at a time.
         *
         * @param subscription the subscription that chose the channel
         * @param message belongs to the listener from now on
         */
        void received(Subscription subscription, String channel, Bytes message);

        /**
         * Called when the line was connected or lost its connection.
         *
         * @param connected whether messages can be sent and all subscriptions were made again
         */
        void stateChanged(boolean connected);
    }

    /** Begins to connect, and connects again by itself when the connection is lost, until {@link #stop}. Called once. */
    void start(Listener listener, ClusterContext context);

    /**
     * Subscribes. The line makes the subscription again whenever the connection was lost.
     *
     * @return done when the first messages can arrive
     */
    CompletionStage<Void> subscribe(Subscription subscription);

    /** Ends a subscription. */
    void unsubscribe(Subscription subscription);

    /**
     * Publishes a message.
     *
     * @param kind {@link Subscription.Kind#CHANNEL}, which reaches channels and patterns, or {@link Subscription.Kind#SHARD}
     * @return done when the message was handed over. It has failed already if the line did not take the message, because it is not
     *     connected; it fails later if the message may be lost
     */
    CompletionStage<Void> publish(Subscription.Kind kind, String channel, Bytes message);

    /** Returns the number of servers with this subscription, this one included. The kind is not {@code PATTERN}. */
    CompletionStage<Integer> subscribers(Subscription subscription);

    /** Closes the connections. Calls that arrive later fail. */
    CompletionStage<Void> stop();
}
