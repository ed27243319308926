package io.everwire.spring.boot;

import io.everwire.CookieOptions;
import io.everwire.DeflateOptions;
import io.everwire.GenerationOptions;
import io.everwire.LimitOptions;
import io.everwire.ProxyOptions;
import io.everwire.RecoveryOptions;
import io.everwire.ServerObserver;
import io.everwire.ServerOptions;
import io.everwire.TransportOptions;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Builds the options of a server from the properties. */
final class PropertyOptions {
    private PropertyOptions() {}

    /** @throws IllegalArgumentException if a value is out of range; the message names the option */
    static ServerOptions.Builder builder(EverwireProperties properties) {
        ServerOptions.Builder builder = ServerOptions.builder()
                .path(properties.path())
                .addTrailingSlash(properties.addTrailingSlash())
                .generations(generations(properties.generations()))
                .scriptTransports(properties.scriptTransports())
                .allowUpgrades(properties.allowUpgrades())
                .pingInterval(properties.pingInterval())
                .pingTimeout(properties.pingTimeout())
                .upgradeTimeout(properties.upgradeTimeout())
                .connectTimeout(properties.connectTimeout())
                .ackTimeout(properties.ackTimeout())
                .closeTimeout(properties.closeTimeout())
                .maxHttpBufferSize(bytes("maxHttpBufferSize", properties.maxHttpBufferSize()))
                .maxQueuedBytes(bytes("maxQueuedBytes", properties.maxQueuedBytes()))
                .maxPendingInput(bytes("maxPendingInput", properties.maxPendingInput()))
                .maxAttachments(properties.maxAttachments())
                .maxJsonDepth(properties.maxJsonDepth())
                .maxSessions(properties.maxSessions())
                .limits(limits(properties.limits()))
                .maxNamespaces(properties.maxNamespaces())
                .maxDynamicNamespaces(properties.maxDynamicNamespaces())
                .cleanupEmptyChildNamespaces(properties.cleanupEmptyChildNamespaces())
                .origins(array(properties.origins()))
                .allowedHosts(array(properties.allowedHosts()))
                .trustedProxies(proxies(properties.trustedProxies()))
                .httpCompression(bytes("httpCompression", properties.httpCompression()))
                .handlerMode(properties.handlerMode())
                .errorAcks(properties.errorAcks().toArray(ServerObserver.Outcome[]::new));
        if (!properties.transports().isEmpty()) {
            builder.transports(array(properties.transports()));
        }
        if (!properties.parsers().isEmpty()) {
            builder.parsers(array(properties.parsers()));
        }
        files(builder, properties.clientFiles());
        properties.transport().forEach((name, timings) -> builder.transport(name, transport(timings)));
        optional(properties.initialPacket(), builder::initialPacket);
        if (properties.cookie().enabled()) {
            builder.cookie(cookie(properties.cookie()));
        }
        if (properties.perMessageDeflate().enabled()) {
            builder.perMessageDeflate(deflate(properties.perMessageDeflate()));
        }
        if (properties.connectionStateRecovery().enabled()) {
            builder.connectionStateRecovery(recovery(properties.connectionStateRecovery()));
        }
        return builder;
    }

    private static void files(ServerOptions.Builder builder, List<String> versions) {
        if (versions.isEmpty()) {
            builder.noClientFiles();
        } else {
            builder.clientFiles(array(versions));
        }
    }

    private static GenerationOptions generations(EverwireProperties.Generations properties) {
        GenerationOptions.Builder builder =
                GenerationOptions.builder().without(array(properties.without())).engineOnly(properties.engineOnly());
        if (!properties.only().isEmpty()) {
            builder.only(array(properties.only()));
        }
        properties.transports().forEach((generation, names) -> builder.transports(generation, array(names)));
        properties.pingInterval().forEach(builder::pingInterval);
        properties.pingTimeout().forEach(builder::pingTimeout);
        return builder.build();
    }

    private static LimitOptions limits(EverwireProperties.Limits properties) {
        LimitOptions.Builder builder = LimitOptions.builder()
                .maxUnconnected(properties.maxUnconnected())
                .maxSessionsPerAddress(properties.maxSessionsPerAddress())
                .maxNamespaceLength(properties.maxNamespaceLength())
                .maxEventNameLength(bytes("maxEventNameLength", properties.maxEventNameLength()))
                .maxArguments(properties.maxArguments())
                .maxRoomsPerSocket(properties.maxRoomsPerSocket())
                .maxRooms(properties.maxRooms())
                .maxRoomNameLength(properties.maxRoomNameLength())
                .maxRoomTasks(properties.maxRoomTasks())
                .maxRoomTasksTotal(properties.maxRoomTasksTotal())
                .maxVolatileKeys(properties.maxVolatileKeys())
                .maxAuthBytes(bytes("maxAuthBytes", properties.maxAuthBytes()))
                .attachmentTimeout(properties.attachmentTimeout())
                .unusedTimeout(properties.unusedTimeout());
        optional(properties.maxInputBytesTotal(), size -> builder.maxInputBytesTotal(size.toBytes()));
        optional(properties.maxSessionBytesTotal(), size -> builder.maxSessionBytesTotal(size.toBytes()));
        optional(properties.maxQueuedBytesTotal(), size -> builder.maxQueuedBytesTotal(size.toBytes()));
        return builder.build();
    }

    private static ProxyOptions proxies(EverwireProperties.TrustedProxies properties) {
        return ProxyOptions.builder()
                .addresses(array(properties.addresses()))
                .forwarded(properties.forwarded())
                .build();
    }

    private static TransportOptions transport(EverwireProperties.Transport properties) {
        TransportOptions.Builder builder = TransportOptions.builder();
        optional(properties.closeTimeout(), builder::closeTimeout);
        optional(properties.heartbeatInterval(), builder::heartbeatInterval);
        optional(properties.heartbeatTimeout(), builder::heartbeatTimeout);
        optional(properties.pollDuration(), builder::pollDuration);
        return builder.build();
    }

    private static CookieOptions cookie(EverwireProperties.Cookie properties) {
        CookieOptions.Builder builder = CookieOptions.builder()
                .name(properties.name())
                .path(properties.path())
                .httpOnly(properties.httpOnly())
                .secure(properties.secure())
                .partitioned(properties.partitioned())
                .sameSite(properties.sameSite());
        optional(properties.domain(), builder::domain);
        optional(properties.maxAge(), builder::maxAge);
        return builder.build();
    }

    private static DeflateOptions deflate(EverwireProperties.Deflate properties) {
        return DeflateOptions.builder()
                .threshold(bytes("perMessageDeflate threshold", properties.threshold()))
                .contextTakeover(properties.contextTakeover())
                .level(properties.level())
                .build();
    }

    private static RecoveryOptions recovery(EverwireProperties.Recovery properties) {
        return RecoveryOptions.builder()
                .maxDisconnectionDuration(properties.maxDisconnectionDuration())
                .skipMiddlewares(properties.skipMiddlewares())
                .maxSessions(properties.maxSessions())
                .maxPackets(properties.maxPackets())
                .maxBytes(properties.maxBytes().toBytes())
                .build();
    }

    private static <T> void optional(@Nullable T value, Consumer<T> option) {
        if (value != null) {
            option.accept(value);
        }
    }

    private static String[] array(List<String> values) {
        return values.toArray(String[]::new);
    }

    /** Returns a size as an option has it. */
    static int bytes(String option, DataSize size) {
        if (size.toBytes() != (int) size.toBytes()) {
            throw new IllegalArgumentException(option + ": " + size + " is larger than 2147483647B");
        }
        return (int) size.toBytes();
    }
}
