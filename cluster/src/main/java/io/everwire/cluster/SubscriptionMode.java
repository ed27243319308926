package io.everwire.cluster;

/**
 * The channels of broadcasts to one room, with sharded pub/sub; the same as {@code subscriptionMode} of
 * {@code createShardedAdapter}. It decides how this server sends. It always receives what servers in any mode send.
 */
public enum SubscriptionMode {
    /** One channel for each namespace. Servers in every mode receive its broadcasts. */
    STATIC,
    /** A channel for each room, except the rooms that look like ids of sockets: 20 characters. */
    DYNAMIC,
    /** A channel for each room, the rooms of ids included. Node servers in mode {@code dynamic} do not receive the latter. */
    DYNAMIC_PRIVATE
}
