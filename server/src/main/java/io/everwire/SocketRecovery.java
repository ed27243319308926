package io.everwire;

import io.everwire.adapter.BroadcastOptions;
import io.everwire.adapter.LocalSocket;
import io.everwire.adapter.RestoredSession;
import io.everwire.adapter.SavedSession;
import io.everwire.engine.IdGenerator;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Packet;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How one socket can be taken up again when its client was away; and if it was, how this is done. */
final class SocketRecovery {
    /** As in socket.io 4.8 (RECOVERABLE_DISCONNECT_REASONS): not if somebody wanted it to end, nor what nobody could read. */
    private static final Set<CloseReason> RECOVERABLE = EnumSet.of(
            CloseReason.TRANSPORT_ERROR,
            CloseReason.TRANSPORT_CLOSE,
            CloseReason.FORCED_CLOSE,
            CloseReason.PING_TIMEOUT,
            CloseReason.SERVER_SHUTTING_DOWN,
            CloseReason.FORCED_SERVER_CLOSE);

    private final Namespace namespace;
    private final String pid;
    private final BroadcastOptions itself;
    private volatile @Nullable String lastOffset;
    private volatile boolean away;

    /** Let go when it has served: it holds what came since. Used in turns of the session. */
    private @Nullable RestoredSession resumption;

    /** @param resumption what the socket goes on with, or null if it is a new one */
    private SocketRecovery(Namespace namespace, String id, String pid, @Nullable RestoredSession resumption) {
        this.namespace = namespace;
        this.pid = pid;
        this.itself = BroadcastOptions.EVERYBODY.to(Set.of(id));
        this.resumption = resumption;
    }

    /** That of a socket that is new, or goes on with {@code resumption}; null if there is none for such clients. */
    static @Nullable SocketRecovery of(
            Namespace namespace, Client client, Handshake handshake, String id, @Nullable RestoredSession resumption) {
        boolean recovers = client.slot().generation().recovers();
        if (!recovers || namespace.server().recovery() == null) {
            return null;
        } else if (resumption == null) {
            return new SocketRecovery(namespace, id, IdGenerator.next(), null);
        }
        SocketRecovery recovery =
                new SocketRecovery(namespace, id, resumption.session().pid(), resumption);
        Packet.Recovery said = handshake.recovery();
        recovery.lastOffset = said == null ? null : said.offset();
        return recovery;
    }

    /** The private id, which only the client is told. */
    String pid() {
        return pid;
    }

    /** Whether the socket goes on with a session, and has not joined yet. */
    boolean resumes() {
        return resumption != null;
    }

    /** See {@link RestoredSession#join}. */
    void join(LocalSocket socket, Collection<String> rooms, Consumer<? super List<Packet>> first) {
        RestoredSession session = resumption;
        resumption = null;
        if (session != null) {
            session.join(socket, rooms, missed -> {
                missed.forEach(this::sent);
                first.accept(missed);
            });
        }
    }

    /** See {@link RestoredSession#abandon}. */
    void abandon() {
        RestoredSession session = resumption;
        resumption = null;
        if (session != null) {
            session.abandon();
        }
    }

    /** A packet is sent to the socket. Any thread, in the order in which they are sent. */
    void sent(Packet packet) {
        String offset = packet instanceof Packet.Event event
                ? event.offset()
                : packet instanceof Packet.Message message ? message.offset() : null;
        if (offset != null) {
            lastOffset = offset;
        }
    }

    /** The socket was disconnected: what its client may come back for is kept, if it may. */
    void leave(CloseReason reason, Socket socket, Set<String> rooms, long since) {
        if (RECOVERABLE.contains(reason)) {
            away = true;
            SavedAttributes data = new SavedAttributes(
                    socket.attributes(), namespace.outgoing().codec());
            namespace.adapter().persistSession(new SavedSession(pid, socket.id(), rooms, data, lastOffset, since));
        }
    }

    /** Sends to the socket alone, also what it will get only when it comes back; tells whether there is a socket. */
    EmitResult send(Packet packet, Socket socket, boolean compress) {
        boolean connected = socket.connected();
        if (connected || away) {
            namespace.adapter().broadcast(packet, itself.compress(compress));
        }
        return connected ? EmitResult.ACCEPTED : EmitResult.DISCONNECTED;
    }
}
