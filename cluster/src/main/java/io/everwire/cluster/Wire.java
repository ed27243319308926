package io.everwire.cluster;

import io.everwire.protocol.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Converts the messages of one namespace to bytes and back, and chooses their channels. Any thread may use it. */
interface Wire {
    /**
     * A message with its place.
     *
     * @param kind {@code CHANNEL} or {@code SHARD}
     * @param droppable whether it is dropped first if too much is queued
     */
    record Frame(Subscription.Kind kind, String channel, Bytes bytes, boolean droppable) {}

    /**
     * A message of another server.
     *
     * @param uid the id of the server; empty if the message does not tell
     * @param old whether the form of the message is that of Socket.IO 2
     */
    record Received(String uid, boolean old, ClusterMessage message) {}

    /** Returns the subscriptions that a server needs from the start. */
    List<Subscription> subscriptions();

    /**
     * Returns the subscription that a server needs for a room with sockets of its own.
     *
     * @return null if the other subscriptions contain it
     */
    @Nullable
    Subscription ofRoom(String room);

    /** Returns the subscription that every server has exactly once. */
    Subscription everyServer();

    /** Returns the subscription that only this server has. */
    Subscription itself();

    /** Returns a new request id. */
    String newRequestId();

    /** Returns the room that all messages of this channel are for, or null if they tell themselves. */
    @Nullable
    String room(String channel);

    /**
     * Writes a message to all other servers.
     *
     * @return null if the wire has no such message
     */
    @Nullable
    Frame encode(ClusterMessage message);

    /** Writes a response to the server with this id. */
    @Nullable
    Frame encode(ClusterMessage.Response response, String to);

    /** Returns whether this server sent a message, if its bytes tell that at once. Such a message need not be read. */
    boolean isOwn(Bytes message);

    /**
     * Reads a message.
     *
     * @return null if it is of no interest: of another namespace, of this server, or of a kind that the wire does not know
     * @throws io.everwire.protocol.ProtocolException if it cannot be read
     */
    @Nullable
    Received decode(String channel, Bytes bytes);
}
