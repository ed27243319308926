package io.everwire.core;

import io.everwire.BroadcastOperator;
import io.everwire.CloseReason;
import io.everwire.DynamicNamespaces;
import io.everwire.EngineServer;
import io.everwire.Host;
import io.everwire.HostContext;
import io.everwire.HostProvider;
import io.everwire.Namespace;
import io.everwire.NamespacePredicate;
import io.everwire.RecoveryOptions;
import io.everwire.Registration;
import io.everwire.Room;
import io.everwire.ServerCounters;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.adapter.ClusterState;
import io.everwire.adapter.RecoveryStore;
import io.everwire.core.connect.ConnectionLimits;
import io.everwire.core.connect.PacketLimits;
import io.everwire.core.connect.RoomLimit;
import io.everwire.core.dispatch.EventSettings;
import io.everwire.core.dispatch.HandlerExecutors;
import io.everwire.core.dispatch.NamespaceListeners;
import io.everwire.core.dispatch.RoomTasks;
import io.everwire.core.dispatch.UnhandledLog;
import io.everwire.core.request.ApplicationInterceptor;
import io.everwire.engine.Engine;
import io.everwire.engine.EngineOptions;
import io.everwire.engine.EventLoop;
import io.everwire.engine.LimitLog;
import io.everwire.json.JsonCodec;
import io.everwire.protocol.Generation;
import io.everwire.protocol.Packet;
import io.everwire.protocol.generations.Generations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A running server: builds the parts and closes them in order. */
public final class CoreServer implements SocketIoServer, HostContext, ListenerSource, ClusterSource {
    private final ServerContext context;
    private final NamespaceTable namespaces;
    private final CoreNamespace root;
    private final Engine engine;
    private final EngineServer engineServer;
    private final ServerCounters counters;
    private final PortLog portLog;
    private final CoreClusterContext cluster;
    private final CopyOnWriteArrayList<Host> hosts = new CopyOnWriteArrayList<>();
    private final AttachedParts parts = new AttachedParts();

    /**
     * @param disabled generations that only reject requests
     * @param timer runs the tasks of adapters, or null for threads of their own
     */
    private CoreServer(
            ServerOptions options,
            List<Generation> generations,
            List<Generation> disabled,
            LongSupplier clock,
            @Nullable EventLoop timer) {
        EngineOptions engineOptions = EngineConfiguration.engine(options, generations);
        GuardedObserver observer = GuardedObserver.of(options.observer());
        JsonCodec codec = options.jsonCodec();
        LimitLog limits = new LimitLog(observer);
        HandlerExecutors executors = new HandlerExecutors(options.handlerMode(), options.handlerExecutor());
        this.context = new ServerContext(
                this,
                options,
                new PacketFactory(codec == null ? service(JsonCodec.class, "everwire-jackson") : codec),
                executors,
                new EventSettings(observer, options.errorAcks(), new UnhandledLog()),
                new ConnectionLimits(options.limits()),
                new PacketLimits(options.limits()),
                new RoomLimit(options.limits(), limits),
                new ConnectionCounts(generations, observer),
                new RoomTasks(executors.threads(), options.limits(), limits),
                clock,
                recovery(
                        options.connectionStateRecovery(),
                        engineOptions.session().maxQueued(),
                        clock,
                        limits),
                new AtomicBoolean());
        this.cluster = new CoreClusterContext(options.adapter(), clock, timer, executors, observer);
        this.namespaces = new NamespaceTable(context);
        this.root = namespaces.of(Packet.ROOT);
        ApplicationInterceptor interceptor = new ApplicationInterceptor(
                context.connectionLimits()::reached,
                options.cookie(),
                options.allowRequest(),
                options.connectTimeout().toMillis(),
                executors::runOffLoop);
        this.engine = new Engine(
                engineOptions,
                Stream.concat(generations.stream(), disabled.stream()).toList(),
                (session, head) -> new ClientConnection(context, namespaces, session, head),
                clock,
                interceptor,
                observer);
        this.engineServer = new CoreEngineServer(engine, interceptor);
        this.counters = new CoreServerCounters(engine, namespaces, context.counts());
        this.portLog =
                new PortLog(options, generations.stream().map(Generation::name).toList());
    }

    /**
     * Creates a server with the generations that the options choose.
     *
     * @throws IllegalArgumentException if one does not exist
     */
    static CoreServer create(ServerOptions options) {
        return withSetup(new CoreServer(
                options,
                EngineConfiguration.generations(options.generations(), Generations.ALL),
                EngineConfiguration.disabled(options.generations(), Generations.ALL),
                () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()),
                null));
    }

    /**
     * Creates a server with given generations and a given clock, for tests on virtual time.
     *
     * @param generations in the order asked to claim a request; the options do not choose among them
     * @param clock milliseconds that only move forward, with an arbitrary start
     */
    public static CoreServer create(ServerOptions options, List<Generation> generations, LongSupplier clock) {
        return create(options, generations, clock, null);
    }

    /**
     * Creates a server as {@link #create(ServerOptions, List, LongSupplier)}, with a thread for the tasks of adapters.
     *
     * @param timer runs them on the same time as the clock; null for a thread of the server
     */
    public static CoreServer create(
            ServerOptions options, List<Generation> generations, LongSupplier clock, @Nullable EventLoop timer) {
        return withSetup(new CoreServer(options, generations, List.of(), clock, timer));
    }

    private static CoreServer withSetup(CoreServer server) {
        server.options().setup().accept(server);
        return server;
    }

    private static @Nullable RecoveryStore recovery(
            @Nullable RecoveryOptions options, int maxReplayBytes, LongSupplier clock, LimitLog limits) {
        return options == null ? null : new RecoveryStore(bounds(options, maxReplayBytes), clock, limits::report);
    }

    static RecoveryStore.Bounds bounds(RecoveryOptions options, int maxReplayBytes) {
        return new RecoveryStore.Bounds(
                options.maxDisconnectionDuration().toMillis(),
                options.maxSessions(),
                options.maxPackets(),
                options.maxBytes(),
                maxReplayBytes);
    }

    ServerContext context() {
        return context;
    }

    NamespaceTable namespaceTable() {
        return namespaces;
    }

    @Override
    public Host bind(InetSocketAddress address) {
        HostProvider provider = options().host();
        return bind(address, provider == null ? service(HostProvider.class, "everwire-netty") : provider);
    }

    @Override
    public Host bind(InetSocketAddress address, HostProvider provider) {
        try {
            Host host = provider.bind(this, address);
            opened(host);
            return host;
        } catch (IOException e) {
            throw new UncheckedIOException("the server cannot listen on " + address + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void opened(Host host) {
        boolean added = hosts.addIfAbsent(host);
        if (context.closing().get()) {
            hosts.remove(host);
            throw new IllegalStateException("the server is closed and opens no port");
        }
        if (added) {
            portLog.opened(host);
        }
    }

    @Override
    public void closed(Host host) {
        hosts.remove(host);
    }

    @Override
    public void serving(String host) {
        portLog.serving(host);
    }

    @Override
    public Registration attach(AutoCloseable part) {
        return parts.add(part);
    }

    @Override
    public void execute(Runnable task) {
        context.executors().runOffLoop(task);
    }

    private static <T> T service(Class<T> type, String module) {
        return ServiceLoader.load(type)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + type.getSimpleName() + " found: add the module "
                        + module + ", or set one in the options"));
    }

    @Override
    public ServerOptions options() {
        return context.options();
    }

    @Override
    public List<Host> hosts() {
        return List.copyOf(hosts);
    }

    @Override
    public Map<String, Socket> sockets() {
        return root.sockets();
    }

    @Override
    public Room room(String name) {
        return root.room(name);
    }

    @Override
    public Map<String, Namespace> namespaces() {
        return namespaces.view();
    }

    @Override
    public Namespace of(String name) {
        return namespaces.of(Preconditions.namespace(name));
    }

    @Override
    public DynamicNamespaces of(Pattern pattern) {
        return namespaces.add(new CoreDynamicNamespaces(context, pattern));
    }

    @Override
    public DynamicNamespaces of(NamespacePredicate predicate) {
        return ofAsync((name, handshake) -> CompletableFuture.completedFuture(predicate.test(name, handshake)));
    }

    @Override
    public DynamicNamespaces ofAsync(NamespacePredicate.Async predicate) {
        return namespaces.add(new CoreDynamicNamespaces(context, predicate));
    }

    @Override
    public Registration onNewNamespace(Consumer<? super Namespace> listener) {
        return namespaces.onCreated(listener);
    }

    @Override
    public BroadcastOperator everybody() {
        return root.everybody();
    }

    @Override
    public NamespaceListeners namespaceListeners() {
        return root.namespaceListeners();
    }

    @Override
    public ClusterEvents clusterEvents() {
        return root.clusterEvents();
    }

    @Override
    public CompletableFuture<Void> ready() {
        return CompletableFuture.allOf(
                namespaces.all().stream().map(CoreNamespace::ready).toArray(CompletableFuture[]::new));
    }

    @Override
    public ClusterState clusterState() {
        return options().adapter().state();
    }

    @Override
    public EngineServer engine() {
        return engineServer;
    }

    @Override
    public ServerCounters counters() {
        return counters;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        if (type.isInstance(engine)) {
            return type.cast(engine);
        }
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new IllegalArgumentException("unwrap: the server has no " + type.getName());
    }

    @Override
    public void close() {
        if (engine.inLoop()) {
            throw new IllegalStateException("close() was called on an event loop, which would wait for itself: call "
                    + "closeAsync(), and do not wait for its result on the event loop");
        }
        closeAsync().join();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // The next stage waits for the future within the future.
    public CompletableFuture<Void> closeAsync() {
        namespaces.all().forEach(namespace -> namespace.closeSockets(CloseReason.SERVER_SHUTTING_DOWN));
        context.closing().set(true);
        return drained()
                .thenCompose(done -> cluster.close(namespaces.all(), options().closeTimeout()))
                .thenCompose(done -> closeHosts())
                .thenCompose(done -> {
                    // Polling clients cannot come for their last packets any more.
                    engine.closeNow();
                    return drained();
                })
                // Also if a host failed.
                .handle((done, failure) -> parts.close().thenRun(() -> rethrow(failure)))
                .thenCompose(Function.identity())
                .thenCompose(done ->
                        context.roomTasks().close(options().closeTimeout().toMillis()))
                .whenComplete((done, failure) -> {
                    context.executors().shutdown();
                    cluster.shutdown();
                });
    }

    @Override
    public CompletableFuture<Void> closeAsync(Duration drain) {
        return new Drain(engine, cluster, Preconditions.time("drain", drain))
                .start()
                .thenCompose(done -> closeAsync());
    }

    /** Returns a future that is done when the last session is closed, or after the time for it. */
    private CompletableFuture<Void> drained() {
        return engine.close()
                .copy()
                .completeOnTimeout(null, options().closeTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void rethrow(@Nullable Throwable failure) {
        if (failure != null) {
            throw new CompletionException(failure instanceof CompletionException ? failure.getCause() : failure);
        }
    }

    private CompletableFuture<Void> closeHosts() {
        engine.closeNow();
        return CompletableFuture.allOf(hosts.stream().map(Host::close).toArray(CompletableFuture[]::new));
    }
}
