package io.everwire.cluster;

import io.everwire.adapter.BroadcastOptions;
import io.everwire.cluster.ClusterMessage.SingleRequest;
import io.everwire.cluster.ClusterMessage.SingleRequest.Action;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The requests of socket.io-redis 5.4.0, the adapter of Socket.IO 2, on the same channels: {@code requestid} in small letters tells them
 * apart, and their types have other numbers.
 */
final class OldRequests {
    private static final int CLIENTS = 0;
    private static final int CLIENT_ROOMS = 1;
    private static final int ALL_ROOMS = 2;
    private static final int REMOTE_JOIN = 3;
    private static final int REMOTE_LEAVE = 4;
    private static final int CUSTOM = 5;
    private static final int REMOTE_DISCONNECT = 6;

    private OldRequests() {}

    /** Returns whether a request is one of these. */
    static boolean isOld(Fields request) {
        return request.has("requestid");
    }

    /** Reads a request; null if its type is unknown. */
    static @Nullable ClusterMessage read(Fields request, int maxRooms) {
        String requestId = request.requiredId("requestid");
        return switch ((int) Math.min(request.number("type"), Integer.MAX_VALUE)) {
            case CLIENTS ->
                new ClusterMessage.ListIds(
                        requestId, new BroadcastOptions(request.texts("rooms", maxRooms), Set.of()), true);
            case ALL_ROOMS -> new ClusterMessage.ListRooms(requestId, true);
            case CLIENT_ROOMS -> single(requestId, Action.LIST_ROOMS, request, "");
            case REMOTE_JOIN -> single(requestId, Action.JOIN, request, request.required("room"));
            case REMOTE_LEAVE -> single(requestId, Action.LEAVE, request, request.required("room"));
            case REMOTE_DISCONNECT -> single(requestId, Action.DISCONNECT, request, "");
            case CUSTOM -> new ClusterMessage.Custom(requestId);
            default -> null;
        };
    }

    private static SingleRequest single(String requestId, Action action, Fields request, String room) {
        return new SingleRequest(requestId, true, action, request.required("sid"), room, request.isTrue("close"));
    }
}
