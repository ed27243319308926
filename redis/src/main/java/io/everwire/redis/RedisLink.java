package io.everwire.redis;

import io.everwire.cluster.Subscription;
import java.util.Collection;
import java.util.concurrent.CompletionStage;

/** The connections of one server to Redis, as {@link RedisLine} needs them. Any thread may use it; no method blocks or throws. */
interface RedisLink {
    /** Receives what happens on the connections, on threads of the client library. */
    interface Events {
        /** Called for each message. */
        void message(Subscription subscription, String channel, byte[] message);

        /** Called when a subscription has ended, also if nobody asked for it: its slot moved to another server of Redis. */
        void unsubscribed(Subscription subscription);

        /** Called when all connections are open, and when one of them is lost. */
        void connected(boolean connected);
    }

    /** Returns whether the client library connects again by itself. Otherwise {@link #connect} is called again. */
    boolean connectsAgain();

    /** Connects, and closes the connections from before. */
    CompletionStage<Void> connect(Events events);

    /** Makes subscriptions of one kind. */
    CompletionStage<Void> subscribe(Subscription.Kind kind, Collection<String> names);

    /** Ends a subscription. */
    CompletionStage<Void> unsubscribe(Subscription subscription);

    /** Publishes. */
    CompletionStage<Void> publish(Subscription.Kind kind, String channel, byte[] message);

    /** Returns the number of subscribers, of all servers of Redis together. */
    CompletionStage<Long> subscribers(Subscription subscription);

    /** Closes the connections. */
    CompletionStage<Void> close();
}
