package io.everwire.core;

import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.adapter.RecoveryStore;
import io.everwire.core.connect.ConnectionLimits;
import io.everwire.core.connect.PacketLimits;
import io.everwire.core.connect.RoomLimit;
import io.everwire.core.dispatch.EventSettings;
import io.everwire.core.dispatch.HandlerExecutors;
import io.everwire.core.dispatch.RoomTasks;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one server that its namespaces, sockets and connections share. Any thread may use it.
 *
 * @param clock milliseconds that only move forward
 * @param recovery the state of disconnected sockets, or null without connection state recovery
 * @param closing whether the server accepts no new socket
 */
record ServerContext(
        SocketIoServer server,
        ServerOptions options,
        PacketFactory packets,
        HandlerExecutors executors,
        EventSettings events,
        ConnectionLimits connectionLimits,
        PacketLimits packetLimits,
        RoomLimit roomLimit,
        ConnectionCounts counts,
        RoomTasks roomTasks,
        LongSupplier clock,
        @Nullable RecoveryStore recovery,
        AtomicBoolean closing) {}
