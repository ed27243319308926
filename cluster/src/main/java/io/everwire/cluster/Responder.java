package io.everwire.cluster;

import io.everwire.adapter.BroadcastOptions;
import io.everwire.adapter.LocalSocket;
import io.everwire.adapter.MemoryAdapter;
import io.everwire.cluster.ClusterMessage.SingleRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Answers the requests of other servers about the sockets of this one. */
final class Responder {
    private final MemoryAdapter memory;

    Responder(MemoryAdapter memory) {
        this.memory = memory;
    }

    /** Answers a message, if it is such a request. */
    void answer(ClusterMessage message, Consumer<? super ClusterMessage.Response> respond) {
        if (message instanceof ClusterMessage.Fetch fetch) {
            memory.fetchSockets(fetch.to())
                    .thenAccept(
                            found -> respond.accept(new ClusterMessage.Sockets(fetch.requestId(), found.sockets())));
        } else if (message instanceof ClusterMessage.ListRooms list) {
            respond.accept(new ClusterMessage.Names(list.requestId(), "rooms", memory.rooms(), list.old()));
        } else if (message instanceof ClusterMessage.ListIds list) {
            Set<String> ids = new LinkedHashSet<>();
            memory.select(list.to()).forEach(socket -> ids.add(socket.id()));
            String member = list.old() ? "clients" : "sockets";
            respond.accept(new ClusterMessage.Names(list.requestId(), member, ids, list.old()));
        } else if (message instanceof ClusterMessage.Custom custom) {
            respond.accept(new ClusterMessage.Names(custom.requestId(), "data", Set.of(), true));
        } else if (message instanceof SingleRequest single) {
            answer(single, respond);
        }
    }

    /** Only the server of the socket answers. */
    private void answer(SingleRequest request, Consumer<? super ClusterMessage.Response> respond) {
        LocalSocket socket = socket(request.socketId());
        if (socket == null) {
            return;
        }
        Set<String> names = Set.of();
        String member = "";
        switch (request.action()) {
            case JOIN -> socket.join(List.of(request.room()));
            case LEAVE -> socket.leave(List.of(request.room()));
            case DISCONNECT -> socket.disconnect(request.close());
            case LIST_ROOMS -> {
                names = socket.rooms();
                member = "rooms";
            }
        }
        String requestId = request.requestId();
        if (requestId != null) {
            respond.accept(new ClusterMessage.Names(requestId, member, names, request.old()));
        }
    }

    private @Nullable LocalSocket socket(String id) {
        for (LocalSocket socket : memory.select(new BroadcastOptions(Set.of(id), Set.of()))) {
            if (socket.id().equals(id)) {
                return socket;
            }
        }
        return null;
    }
}
