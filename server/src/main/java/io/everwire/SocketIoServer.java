package io.everwire;

import io.everwire.adapter.RecoveryStore;
import io.everwire.engine.Engine;
import io.everwire.engine.EngineOptions;
import io.everwire.engine.EventLoop;
import io.everwire.json.JsonCodec;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Generation;
import io.everwire.protocol.Packet;
import io.everwire.protocol.generations.Generations;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Socket.IO server. It owns a port ({@link #listen}), or is attached to a server that runs already (see the host modules);
 * or both: it is one server with the same sockets and rooms, however it is reached. What is called on it concerns the
 * namespace {@code /}; for others see {@link #of}.
 */
public final class SocketIoServer implements NamespaceRegistry, Broadcaster, ClusterMember, AutoCloseable {
    private final ServerOptions options;
    private final PacketFactory outgoing;
    private final @Nullable Executor handlerExecutor;
    private final @Nullable ExecutorService ownedExecutor;
    private final @Nullable BatchingExecutor handovers;
    private final ConnectionLimits crowd;
    private final RoomLimit rooms;
    private final EngineServer engine;
    private final LongSupplier clock;
    private final @Nullable RecoveryStore recovery;
    private final NamespaceTable namespaces = new NamespaceTable(this);
    private final Namespace root;
    private final List<Host> hosts = new CopyOnWriteArrayList<>();

    private SocketIoServer(ServerOptions options, List<Generation> generations, LongSupplier clock) {
        this.options = options;
        JsonCodec codec = options.values().jsonCodec;
        this.outgoing = new PacketFactory(codec == null ? service(JsonCodec.class, "everwire-jackson") : codec);
        boolean mailboxes = options.handlerMode() == HandlerMode.MAILBOX;
        this.ownedExecutor = mailboxes && options.values().handlerExecutor == null ? HandlerExecutors.create() : null;
        this.handlerExecutor = ownedExecutor == null && mailboxes ? options.values().handlerExecutor : ownedExecutor;
        this.handovers = ownedExecutor == null
                ? null
                : new BatchingExecutor(ownedExecutor, ownedExecutor instanceof GrowingThreadPool);
        EngineOptions engineOptions = options.engine(generations);
        RecoveryOptions kept = options.recovery();
        this.recovery = kept == null
                ? null
                : new RecoveryStore(kept.bounds(engineOptions.session().maxQueued()), clock);
        this.clock = clock;
        this.rooms = new RoomLimit(options.limits().maxRooms());
        this.root = of(Packet.ROOT);
        this.crowd = new ConnectionLimits(options.limits());
        long patience = options.connectTimeout().toMillis();
        RequestFilter.Async filter = options.values().allowRequest;
        EngineHooks hooks = new EngineHooks(
                crowd,
                options.values().cookie,
                patience,
                this::aside,
                filter == null ? null : new RequestDoor(filter, this::aside));
        Engine core = new Engine(
                engineOptions, generations, (slot, head) -> new Client(this, slot, head), clock, hooks, null);
        this.engine = new EngineServer(core, hooks);
        options.values().listeners.forEach(listener -> listener.accept(this));
    }

    /** A server with the default options, not reachable yet. */
    public static SocketIoServer create() {
        return create(ServerOptions.builder().build());
    }

    /**
     * A server that is not reachable yet.
     *
     * @throws IllegalArgumentException if the options name a generation that there is not
     */
    public static SocketIoServer create(ServerOptions options) {
        return create(
                options,
                options.generations().among(Generations.ALL),
                () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    }

    /**
     * A server with rooms and a clock of its own: for tests on virtual time.
     *
     * @param generations the wire generations, in the order asked whether a request is theirs, instead of those that the
     *     options choose
     * @param clock milliseconds that only move forward, with an arbitrary start
     */
    public static SocketIoServer create(ServerOptions options, List<Generation> generations, LongSupplier clock) {
        return new SocketIoServer(options, generations, clock);
    }

    /**
     * A server with the default options that listens on a port of all addresses.
     *
     * @param port 0 to 65535; 0 lets the system choose, see {@link Host#address}
     * @throws IOException if the port cannot be bound
     */
    public static SocketIoServer listen(int port) throws IOException {
        return listen(port, ServerOptions.builder().build());
    }

    /** A server that listens on a port of all addresses; see {@link #listen(int)}. */
    public static SocketIoServer listen(int port, ServerOptions options) throws IOException {
        SocketIoServer server = create(options);
        server.bind(new InetSocketAddress(port));
        return server;
    }

    /**
     * Makes the server reachable at an address as well.
     *
     * @throws IOException if it cannot be bound
     * @throws IllegalStateException if no host module is on the class or module path
     */
    public Host bind(InetSocketAddress address) throws IOException {
        Host host = service(HostProvider.class, "everwire-netty").bind(this, address);
        hosts.add(host);
        return host;
    }

    /** The options. */
    public ServerOptions options() {
        return options;
    }

    /** Where it was bound, in order. */
    public List<Host> hosts() {
        return List.copyOf(hosts);
    }

    /** Where it was bound first. @throws IllegalStateException if it was not */
    public Host host() {
        if (hosts.isEmpty()) {
            throw new IllegalStateException("the server is not bound to an address");
        }
        return hosts.get(0);
    }

    /** The sockets in {@code /} by their ids; a live, unmodifiable view. */
    public Map<String, Socket> sockets() {
        return root.sockets();
    }

    /**
     * The namespace of this name, made if it does not exist; a leading slash is added if missing.
     *
     * @throws IllegalArgumentException if the name has a comma or more than 256 characters: no client could ask for it
     */
    public Namespace of(String name) {
        return namespaces.of(Preconditions.namespace(name));
    }

    /**
     * Namespaces whose whole name, leading slash included, matches a pattern: each comes to be when the first client, or
     * {@link #of(String)}, asks for it. If it matches several, it belongs to the one made first.
     */
    public DynamicNamespaces of(Pattern pattern) {
        return namespaces.add(new DynamicNamespaces(this, pattern));
    }

    /** Namespaces that come to be when a client asks for one that {@code predicate} allows; see {@link #of(Pattern)}. */
    public DynamicNamespaces of(NamespacePredicate predicate) {
        return ofAsync((name, handshake) -> CompletableFuture.completedFuture(predicate.test(name, handshake)));
    }

    /** As {@link #of(NamespacePredicate)}, for a decision that comes later. */
    public DynamicNamespaces ofAsync(NamespacePredicate.Async predicate) {
        return namespaces.add(new DynamicNamespaces(this, predicate));
    }

    /**
     * Adds a listener that is told of each namespace but {@code /} that comes to be, before a socket joins it. It must not
     * block.
     */
    public Registration onNewNamespace(Consumer<? super Namespace> listener) {
        return namespaces.onCreated(listener);
    }

    @Override
    public BroadcastOperator everybody() {
        return root.everybody();
    }

    /** What lies under namespaces and sockets: requests, their answers, and connections. */
    public EngineServer engine() {
        return engine;
    }

    /**
     * Closes the server and waits until nothing of it runs any more. Clients are told first.
     *
     * @throws IllegalStateException on an event loop, as handlers run in {@link HandlerMode#EVENT_LOOP}: it would wait for itself
     */
    @Override
    public void close() {
        if (engine.core().inLoop()) {
            throw new IllegalStateException(
                    "close() waits for the event loop that it was called on: use closeAsync(), and do not wait for it there");
        }
        closeAsync().join();
    }

    /**
     * Closes the server: nobody new is let in, every socket is disconnected ({@link CloseReason#SERVER_SHUTTING_DOWN}), and
     * connections end when what was sent to them has left, or after {@link ServerOptions.Builder#closeTimeout}. Until then its
     * ports stay open: clients that poll may have to connect anew to come for it. Handlers that still run are not interrupted.
     *
     * @return done when nothing of it is reachable any more
     */
    public CompletableFuture<Void> closeAsync() {
        namespaces
                .all()
                .forEach(namespace ->
                        namespace.sockets().values().forEach(socket -> socket.close(CloseReason.SERVER_SHUTTING_DOWN)));
        return engine.core()
                .close()
                .completeOnTimeout(null, options.closeTimeoutMillis(), TimeUnit.MILLISECONDS)
                .thenCompose(done -> closeHosts())
                .whenComplete((done, failure) -> {
                    namespaces.all().forEach(namespace -> namespace.adapter().close());
                    if (ownedExecutor != null) {
                        ownedExecutor.shutdown();
                    }
                });
    }

    private CompletableFuture<Void> closeHosts() {
        engine.core().closeNow();
        return CompletableFuture.allOf(hosts.stream().map(Host::close).toArray(CompletableFuture[]::new));
    }

    /** What is kept for clients that are away, or null. */
    @Nullable
    RecoveryStore recovery() {
        return recovery;
    }

    /** Milliseconds that only move forward. */
    long now() {
        return clock.getAsLong();
    }

    PacketFactory outgoing() {
        return outgoing;
    }

    Namespace root() {
        return root;
    }

    ConnectionLimits crowd() {
        return crowd;
    }

    RoomLimit rooms() {
        return rooms;
    }

    NamespaceTable namespaces() {
        return namespaces;
    }

    /** A mailbox, or null if handlers run on the event loop. */
    @Nullable
    Mailbox mailbox() {
        return handlerExecutor == null ? null : new Mailbox(handlerExecutor);
    }

    /** Whether handlers run in mailboxes, not on the event loop. */
    boolean mailboxes() {
        return handlerExecutor != null;
    }

    /**
     * Has a mailbox worked off on a thread for handlers; from {@code loop} itself, soon.
     *
     * @throws RejectedExecutionException if there is none any more
     */
    void handOver(Runnable mailbox, EventLoop loop) {
        if (handovers != null) {
            handovers.execute(mailbox, loop);
        } else if (handlerExecutor != null) {
            handlerExecutor.execute(mailbox);
        }
    }

    /** Runs something that may block on a thread for handlers, outside any order. */
    void aside(Runnable task) {
        if (handlerExecutor == null) {
            task.run();
            return;
        }
        try {
            handlerExecutor.execute(task);
        } catch (RejectedExecutionException e) {
            // As in mailboxes: whoever waits must not wait for ever.
            task.run();
        }
    }

    private static <T> T service(Class<T> type, String module) {
        return ServiceLoader.load(type)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + type.getSimpleName() + " found: add the module "
                        + module + ", or give the server one"));
    }
}
