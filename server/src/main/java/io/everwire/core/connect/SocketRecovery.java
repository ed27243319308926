package io.everwire.core.connect;

import io.everwire.CloseReason;
import io.everwire.EmitResult;
import io.everwire.adapter.Adapter;
import io.everwire.adapter.BroadcastOptions;
import io.everwire.adapter.LocalSocket;
import io.everwire.adapter.RestoredSession;
import io.everwire.adapter.SavedData;
import io.everwire.adapter.SavedSession;
import io.everwire.engine.IdGenerator;
import io.everwire.protocol.Packet;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Connection state recovery of one socket: saves its state when it is disconnected, and joins it again when its client comes back. */
public final class SocketRecovery {
    /**
     * The reasons after which a client may come back, as in socket.io 4.8 (RECOVERABLE_DISCONNECT_REASONS): neither side wanted the end,
     * and the client's data could be parsed.
     */
    private static final Set<CloseReason> RECOVERABLE = EnumSet.of(
            CloseReason.TRANSPORT_ERROR,
            CloseReason.QUEUE_OVERFLOW,
            CloseReason.EVICTED,
            CloseReason.TRANSPORT_CLOSE,
            CloseReason.FORCED_CLOSE,
            CloseReason.PING_TIMEOUT,
            CloseReason.SERVER_SHUTTING_DOWN,
            CloseReason.FORCED_SERVER_CLOSE);

    private final Adapter adapter;
    private final String pid;
    private final BroadcastOptions itself;
    private volatile @Nullable String lastOffset;
    private volatile boolean saved;

    /** Set to null when the socket has joined, because it holds the missed packets. Used in the session's turn. */
    private @Nullable RestoredSession restored;

    private SocketRecovery(Adapter adapter, String id, String pid, @Nullable RestoredSession restored) {
        this.adapter = adapter;
        this.pid = pid;
        this.itself = BroadcastOptions.EVERYBODY.to(Set.of(id));
        this.restored = restored;
    }

    /**
     * Returns the recovery of a socket.
     *
     * @param restored the session that the socket continues, or null for a new socket
     * @param claimed the session that the client names, with the last packet that it received, or null
     */
    public static SocketRecovery of(
            Adapter adapter, String id, @Nullable RestoredSession restored, Packet.@Nullable Recovery claimed) {
        if (restored == null) {
            return new SocketRecovery(adapter, id, IdGenerator.next(), null);
        }
        SocketRecovery recovery =
                new SocketRecovery(adapter, id, restored.session().pid(), restored);
        recovery.lastOffset = claimed == null ? null : claimed.offset();
        return recovery;
    }

    /** Returns the private id, which only the client receives. */
    public String pid() {
        return pid;
    }

    /** Returns whether the socket continues a session and has not joined yet. */
    public boolean resumes() {
        return restored != null;
    }

    /** See {@link RestoredSession#join}. */
    void join(LocalSocket socket, Collection<String> rooms, Consumer<? super List<Packet>> first) {
        RestoredSession session = restored;
        restored = null;
        if (session != null) {
            session.join(socket, rooms, missed -> {
                missed.forEach(this::sent);
                first.accept(missed);
            });
        }
    }

    /** See {@link RestoredSession#abandon}. */
    public void abandon() {
        RestoredSession session = restored;
        restored = null;
        if (session != null) {
            session.abandon();
        }
    }

    /** Records the offset of a packet that is sent to the socket. Any thread, in the order of the packets. */
    public void sent(Packet packet) {
        String offset = packet instanceof Packet.Event event
                ? event.offset()
                : packet instanceof Packet.Message message ? message.offset() : null;
        if (offset != null) {
            lastOffset = offset;
        }
    }

    /** Saves the state of a socket that was disconnected, if its client may come back. */
    public void save(CloseReason reason, LocalSocket socket, Set<String> rooms, SavedData data, long since) {
        if (RECOVERABLE.contains(reason)) {
            saved = true;
            adapter.persistSession(new SavedSession(pid, socket.id(), rooms, data, lastOffset, since));
        }
    }

    /** Sends a packet to the socket alone; a disconnected client receives it when it comes back. */
    public EmitResult send(Packet packet, boolean connected, boolean compress) {
        if (connected || saved) {
            adapter.broadcast(packet, itself.compress(compress));
        }
        return connected ? EmitResult.ACCEPTED : EmitResult.DISCONNECTED;
    }
}
