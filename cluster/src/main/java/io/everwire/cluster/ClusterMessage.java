package io.everwire.cluster;

import io.everwire.adapter.BroadcastOptions;
import io.everwire.adapter.SocketDetails;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A message between two servers, within one namespace. Each wire has bytes of its own for it. */
sealed interface ClusterMessage {
    /** A message that answers a request. */
    sealed interface Response extends ClusterMessage {
        /** Returns the id of the request. */
        String requestId();
    }

    /** Sends a packet to sockets. */
    record Broadcast(Packet packet, BroadcastOptions to) implements ClusterMessage {}

    /**
     * Sends a packet to sockets and asks for their acks. Answered by one {@link ClientCount} and any number of {@link
     * ClientAck}.
     *
     * @param timeoutMillis the time after which acks are of no use any more
     */
    record BroadcastCall(String requestId, Packet.Event packet, BroadcastOptions to, long timeoutMillis)
            implements ClusterMessage {}

    /** Adds sockets to rooms. */
    record Join(BroadcastOptions to, Set<String> rooms) implements ClusterMessage {}

    /** Removes sockets from rooms. */
    record Leave(BroadcastOptions to, Set<String> rooms) implements ClusterMessage {}

    /** Disconnects sockets. */
    record Disconnect(BroadcastOptions to, boolean close) implements ClusterMessage {}

    /** Asks for sockets; answered by {@link Sockets}. */
    record Fetch(String requestId, BroadcastOptions to) implements ClusterMessage {}

    /**
     * Asks Node servers alone for the number of sockets in a room. Java servers pass it over. Answered by {@link Sockets} or {@link
     * Total}.
     *
     * @param room null for all sockets
     */
    record CountSockets(String requestId, @Nullable String room) implements ClusterMessage {}

    /**
     * An event for the handlers of servers.
     *
     * @param requestId asks for a {@link ServerReply}; null if none is expected
     */
    record ServerEvent(@Nullable String requestId, Packet.Event event) implements ClusterMessage {}

    /**
     * Asks for the names of all rooms; answered by {@link Names}. Of the classic wire.
     *
     * @param old whether the server has the adapter of Socket.IO 2
     */
    record ListRooms(String requestId, boolean old) implements ClusterMessage {}

    /** Asks for the ids of sockets; answered by {@link Names}. Of the classic wire. See {@link ListRooms}. */
    record ListIds(String requestId, BroadcastOptions to, boolean old) implements ClusterMessage {}

    /**
     * Concerns one socket; answered by {@link Names} by its server alone. Of the classic wire, as older adapters write it.
     *
     * @param requestId null if no answer is expected
     * @param old see {@link ListRooms}
     * @param room empty if the action needs none
     */
    record SingleRequest(
            @Nullable String requestId, boolean old, Action action, String socketId, String room, boolean close)
            implements ClusterMessage {
        /** The effect of the request. */
        enum Action {
            JOIN,
            LEAVE,
            DISCONNECT,
            LIST_ROOMS
        }
    }

    /** A request for a hook of the application, which only Socket.IO 2 has. Answered with nothing, as there without a hook. */
    record Custom(String requestId) implements ClusterMessage {}

    /** A sign of life. */
    record Heartbeat(boolean first) implements ClusterMessage {}

    /** A server leaves the cluster. */
    record Closed() implements ClusterMessage {}

    /** The sockets of a server. */
    record Sockets(String requestId, List<SocketDetails> sockets) implements Response {
        /** Copies the list. */
        public Sockets {
            sockets = List.copyOf(sockets);
        }
    }

    /** The number of ids of sockets in an answer. */
    record Total(String requestId, int sockets) implements Response {}

    /** The reply of the handlers of a server. */
    record ServerReply(String requestId, JsonArray data, List<Bytes> attachments) implements Response {}

    /** The number of sockets of a server that were sent a packet and can answer. */
    record ClientCount(String requestId, int count) implements Response {}

    /** The ack of a client. */
    record ClientAck(String requestId, JsonArray data, List<Bytes> attachments) implements Response {}

    /**
     * Names of rooms, ids of sockets, or nothing.
     *
     * @param member the name of the member with the names; empty for an answer without one
     * @param old see {@link ListRooms}
     */
    record Names(String requestId, String member, Set<String> names, boolean old) implements Response {}
}
