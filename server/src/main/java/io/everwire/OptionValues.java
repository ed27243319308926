package io.everwire;

import io.everwire.adapter.Adapter;
import io.everwire.adapter.MemoryAdapter;
import io.everwire.json.JsonCodec;
import io.everwire.protocol.InitialPacket;
import io.everwire.protocol.TransportOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The values of a server's options, with their defaults; what they mean stands at the methods of {@link ServerOptions.Builder}. */
final class OptionValues implements Cloneable {
    String path = "/socket.io";
    boolean addTrailingSlash = true;
    GenerationOptions generations = GenerationOptions.all();
    Set<String> transports = Set.of();
    boolean scriptTransports;
    Set<String> parsers = Set.of();
    boolean allowUpgrades = true;
    Duration pingInterval = Duration.ofSeconds(25);
    Duration pingTimeout = Duration.ofSeconds(20);
    Duration upgradeTimeout = Duration.ofSeconds(10);
    Duration connectTimeout = Duration.ofSeconds(45);
    Duration ackTimeout = Duration.ofSeconds(30);
    Duration closeTimeout = Duration.ofSeconds(1);
    int maxHttpBufferSize = 1_000_000;
    int maxQueuedBytes = 10 * 1024 * 1024;
    int maxPendingInput = 1024 * 1024;
    int maxAttachments = 10;
    int maxJsonDepth = 64;
    int maxSessions = 1_000_000;
    int maxNamespaces = 32;
    int maxDynamicNamespaces = 100_000;
    LimitOptions limits = LimitOptions.DEFAULTS;
    boolean cleanupEmptyChildNamespaces;
    List<String> origins = List.of();
    ProxyOptions trustedProxies = ProxyOptions.of();

    @Nullable
    String clientFiles = "4.8.4";

    Map<String, TransportOptions> transportOptions = Map.of();

    @Nullable
    CookieOptions cookie;

    @Nullable
    InitialPacket initialPacket;

    int httpCompression = 1024;

    @Nullable
    DeflateOptions perMessageDeflate;

    @Nullable
    RecoveryOptions recovery;

    HandlerMode handlerMode = HandlerMode.MAILBOX;

    @Nullable
    Executor handlerExecutor;

    @Nullable
    JsonCodec jsonCodec;

    RequestFilter.@Nullable Async allowRequest;
    List<Consumer<NamespaceRegistry>> listeners = List.of();
    Adapter.Factory adapter = (namespace, sockets) -> new MemoryAdapter(sockets);

    /** The same values, to be changed by themselves; collections are replaced, never changed. */
    OptionValues copy() {
        try {
            return (OptionValues) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }
}
