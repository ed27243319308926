package io.everwire;

import io.everwire.adapter.Adapter;
import io.everwire.adapter.MemoryAdapter;
import io.everwire.json.JsonCodec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The options of a server. Immutable; built by a {@link Builder}, where each option has its default, its range and its reason. */
public final class ServerOptions {
    private final Builder values;

    private ServerOptions(Builder values) {
        this.values = values.copy();
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns a builder with the defaults of Socket.IO 0.6 of 2010: JSON-P is served, and its last client, 0.6.3, as {@code
     * socket.io.js}. With the host's options of the same name, the README of 2010 holds. Pages of other origins must still
     * be listed ({@link Builder#origins}).
     */
    public static Builder since2010() {
        return builder().scriptTransports(true).clientFiles("0.6.3");
    }

    /** Returns a builder with these options. */
    public Builder toBuilder() {
        return values.copy();
    }

    /** Returns {@link Builder#path}. */
    public String path() {
        return values.path;
    }

    /** Returns {@link Builder#addTrailingSlash}. */
    public boolean addTrailingSlash() {
        return values.addTrailingSlash;
    }

    /** Returns {@link Builder#generations(GenerationOptions)}. */
    public GenerationOptions generations() {
        return values.generations;
    }

    /** Returns {@link Builder#transports}; empty for the default. */
    public Set<String> transports() {
        return values.transports;
    }

    /** Returns {@link Builder#scriptTransports}. */
    public boolean scriptTransports() {
        return values.scriptTransports;
    }

    /** Returns {@link Builder#parsers}; empty for the default. */
    public Set<String> parsers() {
        return values.parsers;
    }

    /** Returns {@link Builder#allowUpgrades}. */
    public boolean allowUpgrades() {
        return values.allowUpgrades;
    }

    /** Returns {@link Builder#pingInterval}. */
    public Duration pingInterval() {
        return values.pingInterval;
    }

    /** Returns {@link Builder#pingTimeout}. */
    public Duration pingTimeout() {
        return values.pingTimeout;
    }

    /** Returns {@link Builder#upgradeTimeout}. */
    public Duration upgradeTimeout() {
        return values.upgradeTimeout;
    }

    /** Returns {@link Builder#connectTimeout}. */
    public Duration connectTimeout() {
        return values.connectTimeout;
    }

    /** Returns {@link Builder#ackTimeout}. */
    public Duration ackTimeout() {
        return values.ackTimeout;
    }

    /** Returns {@link Builder#closeTimeout}. */
    public Duration closeTimeout() {
        return values.closeTimeout;
    }

    /** Returns {@link Builder#maxHttpBufferSize}. */
    public int maxHttpBufferSize() {
        return values.maxHttpBufferSize;
    }

    /** Returns {@link Builder#maxQueuedBytes}. */
    public int maxQueuedBytes() {
        return values.maxQueuedBytes;
    }

    /** Returns {@link Builder#maxPendingInput}. */
    public int maxPendingInput() {
        return values.maxPendingInput;
    }

    /** Returns {@link Builder#maxAttachments}. */
    public int maxAttachments() {
        return values.maxAttachments;
    }

    /** Returns {@link Builder#maxJsonDepth}. */
    public int maxJsonDepth() {
        return values.maxJsonDepth;
    }

    /** Returns {@link Builder#maxSessions}. */
    public int maxSessions() {
        return values.maxSessions;
    }

    /** Returns {@link Builder#limits}. */
    public LimitOptions limits() {
        return values.limits;
    }

    /** Returns {@link Builder#maxNamespaces}. */
    public int maxNamespaces() {
        return values.maxNamespaces;
    }

    /** Returns {@link Builder#maxDynamicNamespaces}. */
    public int maxDynamicNamespaces() {
        return values.maxDynamicNamespaces;
    }

    /** Returns {@link Builder#cleanupEmptyChildNamespaces}. */
    public boolean cleanupEmptyChildNamespaces() {
        return values.cleanupEmptyChildNamespaces;
    }

    /** Returns {@link Builder#origins}. */
    public List<String> origins() {
        return values.origins;
    }

    /** Returns {@link Builder#originFilter}, or null. */
    public @Nullable Predicate<? super String> originFilter() {
        return values.originFilter;
    }

    /** Returns {@link Builder#allowedHosts}; empty for every host. */
    public List<String> allowedHosts() {
        return values.allowedHosts;
    }

    /** Returns {@link Builder#trustedProxies}. */
    public ProxyOptions trustedProxies() {
        return values.trustedProxies;
    }

    /** Returns {@link Builder#clientFiles}; empty if no client files are served. */
    public List<String> clientFiles() {
        return values.clientFiles;
    }

    /** Returns {@link Builder#transport} by transport. */
    public Map<String, TransportOptions> transportOptions() {
        return values.transportOptions;
    }

    /** Returns {@link Builder#cookie}, or null. */
    public @Nullable CookieOptions cookie() {
        return values.cookie;
    }

    /** Returns {@link Builder#initialPacket(String)} if it is text; null otherwise. */
    public @Nullable String initialPacket() {
        return values.initialPacket;
    }

    /** Returns {@link Builder#initialPacket(byte[])} if it is binary, a copy; null otherwise. */
    public byte @Nullable [] initialBinaryPacket() {
        return values.initialBinaryPacket == null ? null : values.initialBinaryPacket.clone();
    }

    /** Returns {@link Builder#httpCompression}. */
    public int httpCompression() {
        return values.httpCompression;
    }

    /** Returns {@link Builder#perMessageDeflate}, or null. */
    public @Nullable DeflateOptions perMessageDeflate() {
        return values.perMessageDeflate;
    }

    /** Returns {@link Builder#allowRequest}, or null. */
    public RequestFilter.@Nullable Async allowRequest() {
        return values.allowRequest;
    }

    /** Returns {@link Builder#handlerMode}. */
    public HandlerMode handlerMode() {
        return values.handlerMode;
    }

    /** Returns {@link Builder#handlerExecutor}, or null. */
    public @Nullable Executor handlerExecutor() {
        return values.handlerExecutor;
    }

    /** Returns {@link Builder#jsonCodec}, or null. */
    public @Nullable JsonCodec jsonCodec() {
        return values.jsonCodec;
    }

    /** Returns {@link Builder#setup}. */
    public Consumer<? super SocketIoServer> setup() {
        return values.setup;
    }

    /** Returns {@link Builder#errorAcks}. */
    public Set<ServerObserver.Outcome> errorAcks() {
        return values.errorAcks;
    }

    /** Returns {@link Builder#socketIds}, or null. */
    public @Nullable Function<? super Handshake, String> socketIds() {
        return values.socketIds;
    }

    /** Returns {@link Builder#observer}, or null. */
    public @Nullable ServerObserver observer() {
        return values.observer;
    }

    /** Returns {@link Builder#connectionStateRecovery}, or null. */
    public @Nullable RecoveryOptions connectionStateRecovery() {
        return values.connectionStateRecovery;
    }

    /** Returns {@link Builder#host}, or null for the one on the class path. */
    public @Nullable HostProvider host() {
        return values.host;
    }

    /** Returns {@link Builder#adapter}. */
    public Adapter.Factory adapter() {
        return values.adapter;
    }

    /** Returns the options that have a text form: no code, and not the content of the initial packet. For logs. */
    @Override
    public String toString() {
        return "ServerOptions["
                + "path=" + values.path
                + ", addTrailingSlash=" + values.addTrailingSlash
                + ", generations=" + values.generations
                + ", transports=" + values.transports
                + ", scriptTransports=" + values.scriptTransports
                + ", parsers=" + values.parsers
                + ", allowUpgrades=" + values.allowUpgrades
                + ", pingInterval=" + values.pingInterval
                + ", pingTimeout=" + values.pingTimeout
                + ", upgradeTimeout=" + values.upgradeTimeout
                + ", connectTimeout=" + values.connectTimeout
                + ", ackTimeout=" + values.ackTimeout
                + ", closeTimeout=" + values.closeTimeout
                + ", maxHttpBufferSize=" + values.maxHttpBufferSize
                + ", maxQueuedBytes=" + values.maxQueuedBytes
                + ", maxPendingInput=" + values.maxPendingInput
                + ", maxAttachments=" + values.maxAttachments
                + ", maxJsonDepth=" + values.maxJsonDepth
                + ", maxSessions=" + values.maxSessions
                + ", limits=" + values.limits
                + ", maxNamespaces=" + values.maxNamespaces
                + ", maxDynamicNamespaces=" + values.maxDynamicNamespaces
                + ", cleanupEmptyChildNamespaces=" + values.cleanupEmptyChildNamespaces
                + ", origins=" + values.origins
                + ", allowedHosts=" + values.allowedHosts
                + ", trustedProxies=" + values.trustedProxies
                + ", clientFiles=" + values.clientFiles
                + ", transportOptions=" + values.transportOptions
                + ", cookie=" + values.cookie
                + ", httpCompression=" + values.httpCompression
                + ", perMessageDeflate=" + values.perMessageDeflate
                + ", handlerMode=" + values.handlerMode
                + ", errorAcks=" + values.errorAcks
                + ", connectionStateRecovery=" + values.connectionStateRecovery
                + "]";
    }

    /**
     * Builds options. Every method returns this builder, and throws {@link IllegalArgumentException} if a value is out of range: the
     * message names the option, the value and the range. Not thread-safe.
     */
    public static final class Builder implements Cloneable {
        private String path = "/socket.io";
        private boolean addTrailingSlash = true;
        private GenerationOptions generations = GenerationOptions.all();
        private Set<String> transports = Set.of();
        private boolean scriptTransports;
        private Set<String> parsers = Set.of();
        private boolean allowUpgrades = true;
        private Duration pingInterval = Duration.ofSeconds(25);
        private Duration pingTimeout = Duration.ofSeconds(20);
        private Duration upgradeTimeout = Duration.ofSeconds(10);
        private Duration connectTimeout = Duration.ofSeconds(45);
        private Duration ackTimeout = Duration.ofSeconds(30);
        private Duration closeTimeout = Duration.ofSeconds(1);
        private int maxHttpBufferSize = 1_000_000;
        private int maxQueuedBytes = 10 * 1024 * 1024;
        private int maxPendingInput = 1024 * 1024;
        private int maxAttachments = 10;
        private int maxJsonDepth = 100;
        private int maxSessions = 1_000_000;
        private LimitOptions limits = LimitOptions.DEFAULTS;
        private int maxNamespaces = 1_000;
        private int maxDynamicNamespaces = 100_000;
        private boolean cleanupEmptyChildNamespaces;
        private List<String> origins = List.of();
        private @Nullable Predicate<? super String> originFilter;
        private List<String> allowedHosts = List.of();
        private ProxyOptions trustedProxies = ProxyOptions.builder().build();
        private List<String> clientFiles = List.of("4.8.4");
        private Map<String, TransportOptions> transportOptions = Map.of();
        private @Nullable CookieOptions cookie;
        private @Nullable String initialPacket;
        private byte @Nullable [] initialBinaryPacket;
        private int httpCompression = 1024;
        private @Nullable DeflateOptions perMessageDeflate;
        private RequestFilter.@Nullable Async allowRequest;
        private HandlerMode handlerMode = HandlerMode.MAILBOX;
        private @Nullable Executor handlerExecutor;
        private @Nullable JsonCodec jsonCodec;
        private Consumer<? super SocketIoServer> setup = server -> {};
        private Set<ServerObserver.Outcome> errorAcks = Set.of(ServerObserver.Outcome.REFUSED);
        private @Nullable Function<? super Handshake, String> socketIds;
        private @Nullable ServerObserver observer;
        private @Nullable RecoveryOptions connectionStateRecovery;
        private @Nullable HostProvider host;
        private Adapter.Factory adapter = (namespace, sockets) -> new MemoryAdapter(sockets);

        private Builder() {}

        /** Collections are replaced, never changed: a copy may share them. */
        private Builder copy() {
            try {
                return (Builder) clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }

        /**
         * Sets the path of the server: requests under it that are Socket.IO are the server's, all others are the
         * application's. Default {@code /socket.io}, the path of every official client. Starts with a slash; a slash at
         * the end is removed.
         */
        public Builder path(String path) {
            String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
            // Browsers escape other characters, and resolve dots before they send a path.
            if (!trimmed.matches("(/[!-~&&[^/?#\\\\]]+)+") || (trimmed + "/").matches(".*/\\.{1,2}/.*")) {
                throw new IllegalArgumentException("path: \"" + path + "\" is not a path such as /socket.io");
            }
            this.path = trimmed;
            return this;
        }

        /**
         * Sets whether a slash must follow the path. Default true, as all official clients send it; false serves {@code
         * /socket.io?…} as well.
         */
        public Builder addTrailingSlash(boolean add) {
            addTrailingSlash = add;
            return this;
        }

        /** Sets the generations and how they are served. Default: all. */
        public Builder generations(GenerationOptions options) {
            generations = options;
            return this;
        }

        /** Sets the generations by their names; see {@link GenerationOptions}. Default: all. */
        public Builder generations(String... names) {
            return generations(GenerationOptions.only(names));
        }

        /**
         * Sets the transports by their names on the wire ({@code polling}, {@code websocket}, …). Default: all but
         * JSON-P, see {@link #scriptTransports}. {@link #build} refuses a name that no generation has.
         */
        public Builder transports(String... transports) {
            this.transports = Preconditions.names("transports", transports);
            return this;
        }

        /**
         * Sets whether JSON-P is served, for browsers without another way to another origin. Default false: a JSON-P
         * response is a script, which a page can load and so read with its visitor's cookies. The server serves it to
         * listed pages only, but {@code *} and {@code null} in {@link #origins} list pages that nobody knows.
         */
        public Builder scriptTransports(boolean serve) {
            scriptTransports = serve;
            return this;
        }

        /**
         * Sets the parsers: {@code default}, and {@code msgpack} for clients 3.x and 4.x with socket.io-msgpack-parser.
         * Default: both; the first packet of a client shows its parser, and a client with a parser that is not served
         * is closed.
         */
        public Builder parsers(String... parsers) {
            this.parsers = Preconditions.names("parsers", parsers);
            return this;
        }

        /** Sets whether a polling client may upgrade to WebSocket. Default true. */
        public Builder allowUpgrades(boolean allow) {
            allowUpgrades = allow;
            return this;
        }

        /**
         * Sets the time between two heartbeats. 1 ms to 1 day; default 25 s, as the Node server: shorter than the idle
         * timeouts of common proxies.
         */
        public Builder pingInterval(Duration interval) {
            pingInterval = Preconditions.time("pingInterval", interval);
            return this;
        }

        /** Sets how long a heartbeat may stay without an answer. 1 ms to 1 day; default 20 s, as the Node server. */
        public Builder pingTimeout(Duration timeout) {
            pingTimeout = Preconditions.time("pingTimeout", timeout);
            return this;
        }

        /** Sets how long an upgrade to WebSocket may take. 1 ms to 1 day; default 10 s, as the Node server. */
        public Builder upgradeTimeout(Duration timeout) {
            upgradeTimeout = Preconditions.time("upgradeTimeout", timeout);
            return this;
        }

        /**
         * Sets how long a connection may exist without joining a namespace, and how long middleware and {@link
         * #allowRequest} may take. 1 ms to 1 day; default 45 s, as the Node server: unused connections do not pile up.
         */
        public Builder connectTimeout(Duration timeout) {
            connectTimeout = Preconditions.time("connectTimeout", timeout);
            return this;
        }

        /**
         * Sets how long {@link Socket#call(String, Class, Object...)} waits without another timeout. 1 ms to 1 day;
         * default 30 s: no call waits forever.
         */
        public Builder ackTimeout(Duration timeout) {
            ackTimeout = Preconditions.time("ackTimeout", timeout);
            return this;
        }

        /**
         * Sets how long {@link SocketIoServer#close} waits for clients to receive their queued packets. 1 ms to 1 day;
         * default 1 s: polling clients return sooner, and a client that does not read must not keep the server from
         * ending.
         */
        public Builder closeTimeout(Duration timeout) {
            closeTimeout = Preconditions.time("closeTimeout", timeout);
            return this;
        }

        /**
         * Sets the largest request body and message, in bytes. 1 to 2<sup>30</sup>; default 1,000,000, as the Node
         * server.
         */
        public Builder maxHttpBufferSize(int bytes) {
            maxHttpBufferSize = Preconditions.range("maxHttpBufferSize", bytes, 1, 1 << 30);
            return this;
        }

        /**
         * Sets the bytes queued for one client that reads slowly or is briefly away; beyond it the client is closed,
         * see {@link Overflow}. 1 to 2<sup>30</sup>; default 10 MiB.
         */
        public Builder maxQueuedBytes(int bytes) {
            maxQueuedBytes = Preconditions.range("maxQueuedBytes", bytes, 1, 1 << 30);
            return this;
        }

        /**
         * Sets the bytes of one client that may wait for its handlers; beyond it the server stops reading from the
         * client until half of them are handled. 1 to 2<sup>30</sup>; default 1 MiB.
         */
        public Builder maxPendingInput(int bytes) {
            maxPendingInput = Preconditions.range("maxPendingInput", bytes, 1, 1 << 30);
            return this;
        }

        /**
         * Sets the number of binary attachments of one packet. 0 to 10,000; default 10, as the Node server since
         * socket.io-parser 4.2.6.
         */
        public Builder maxAttachments(int count) {
            maxAttachments = Preconditions.range("maxAttachments", count, 0, 10_000);
            return this;
        }

        /**
         * Sets how deep JSON may be nested; a client that exceeds it is closed. 1 to 1,000; default 100: more than
         * messages need, less than overflows a stack.
         */
        public Builder maxJsonDepth(int depth) {
            maxJsonDepth = Preconditions.range("maxJsonDepth", depth, 1, 1_000);
            return this;
        }

        /** Sets the number of open connections; more are rejected. 1 to 2<sup>31</sup>−1; default 1,000,000. */
        public Builder maxSessions(int count) {
            maxSessions = Preconditions.range("maxSessions", count, 1, Integer.MAX_VALUE);
            return this;
        }

        /**
         * Sets limits that protect against attackers and seldom concern anybody else. Default {@link
         * LimitOptions#DEFAULTS}.
         */
        public Builder limits(LimitOptions limits) {
            this.limits = limits;
            return this;
        }

        /**
         * Sets the number of namespaces of one connection. A client that asks for more receives a CONNECT_ERROR for each
         * of them, and keeps the others. 1 to 10,000; default 1,000.
         */
        public Builder maxNamespaces(int count) {
            maxNamespaces = Preconditions.range("maxNamespaces", count, 1, 10_000);
            return this;
        }

        /**
         * Sets the number of namespaces that clients may create through {@link DynamicNamespaces}; a client that asks
         * for one more is refused. 0 to 2<sup>31</sup>−1; default 100,000: clients choose their names.
         */
        public Builder maxDynamicNamespaces(int count) {
            maxDynamicNamespaces = Preconditions.range("maxDynamicNamespaces", count, 0, Integer.MAX_VALUE);
            return this;
        }

        /**
         * Sets whether a dynamic namespace is removed with its last socket and created again for the next one. Default
         * false, as the Node server: handlers that the application added to a single one would be removed with it.
         */
        public Builder cleanupEmptyChildNamespaces(boolean cleanup) {
            cleanupEmptyChildNamespaces = cleanup;
            return this;
        }

        /**
         * Sets the origins whose pages may use the server, besides its own origin: {@code *} for all, origins such as
         * {@code https://app.example.com}, {@code https://*.example.com}, {@code file://} or {@code
         * capacitor://localhost}, or {@code host:port} with {@code *} for either. Default: none, because a browser sends
         * its user's cookies with the WebSocket of any page.
         */
        public Builder origins(String... origins) {
            this.origins = List.of(origins);
            return this;
        }

        /**
         * Sets a filter of origins that {@link #origins} does not list. It receives an origin as the browser sent it,
         * and returns whether its pages may use the server, with their visitor's cookies. It is called on the event
         * loop and must not block; an exception rejects the page. Default: none.
         */
        public Builder originFilter(Predicate<? super String> filter) {
            originFilter = filter;
            return this;
        }

        /**
         * Sets the hosts by which clients may ask for the server in {@code Host}: {@code chat.example.com}, with or without
         * a port, or {@code *.example.com}. Behind a trusted proxy, its last {@code X-Forwarded-Host} must be listed as
         * well. Protects servers in private networks from DNS rebinding: a foreign page whose host name was changed to
         * the address of the server. Default: every host, because the server does not know its own names.
         */
        public Builder allowedHosts(String... hosts) {
            allowedHosts = List.of(hosts);
            return this;
        }

        /**
         * Sets the proxies that are trusted to send the addresses of clients; see {@link ProxyOptions}. Default: none.
         */
        public Builder trustedProxies(ProxyOptions proxies) {
            trustedProxies = proxies;
            return this;
        }

        /**
         * Sets the versions of the official client that are served: {@code 4.8.4} (default), {@code 2.5.0}, {@code
         * 1.7.4}, {@code 0.9.17}, {@code 0.6} to {@code 0.6.3}. The first is {@code <path>/socket.io.js}; each has its
         * own path, for example {@code <path>/2.5.0/socket.io.js}. The old ones are not served by default, because some
         * have known weaknesses, and the Flash files of the oldest run for pages of other origins.
         *
         * <p>The files are in the artifact {@code everwire-client-files}. Without it, the default serves nothing, and
         * {@link SocketIoServer#create(ServerOptions)} throws {@code IllegalStateException} for other versions.
         *
         * @throws IllegalArgumentException if no version is given; see {@link #noClientFiles}
         */
        public Builder clientFiles(String... versions) {
            if (versions.length == 0) {
                throw new IllegalArgumentException("clientFiles: no version is given");
            }
            clientFiles = List.of(versions);
            return this;
        }

        /** Serves no client files. */
        public Builder noClientFiles() {
            clientFiles = List.of();
            return this;
        }

        /**
         * Sets the timings of one transport, by its name on the wire, for the generations that time each transport by itself (gen0 and
         * gen1). Default: those of the generation.
         */
        public Builder transport(String name, TransportOptions options) {
            Map<String, TransportOptions> all = new HashMap<>(transportOptions);
            all.put(name, options);
            transportOptions = Map.copyOf(all);
            return this;
        }

        /**
         * Sets the cookie of the response that opens a connection, for load balancers that keep a client on one server
         * by a cookie. Default: none.
         */
        public Builder cookie(CookieOptions cookie) {
            this.cookie = cookie;
            return this;
        }

        /**
         * Sets a text message of the Engine.IO layer that clients of Engine.IO 3 and 4 receive with the response that
         * opens the connection. Replaces a binary one. Default: none.
         */
        public Builder initialPacket(String text) {
            initialPacket = text;
            initialBinaryPacket = null;
            return this;
        }

        /**
         * Sets a binary message of the Engine.IO layer instead; see {@link #initialPacket(String)}. For Engine.IO
         * alone, and for clients whose parser reads binary messages.
         */
        public Builder initialPacket(byte[] bytes) {
            initialBinaryPacket = bytes.clone();
            initialPacket = null;
            return this;
        }

        /**
         * Sets the size from which responses to polls are compressed, in bytes, if the client supports it and a packet
         * in them was sent without {@code compress(false)}. 0 to 2<sup>31</sup>−1, which compresses none; default 1024,
         * as the Node server.
         */
        public Builder httpCompression(int threshold) {
            httpCompression = Preconditions.range("httpCompression", threshold, 0, Integer.MAX_VALUE);
            return this;
        }

        /**
         * Compresses the messages of WebSockets, for clients that support it. Default: off, as the Node server; it
         * costs CPU and memory for each client.
         */
        public Builder perMessageDeflate(DeflateOptions options) {
            perMessageDeflate = options;
            return this;
        }

        /** Sets a filter of requests that would open a connection. Default: none. */
        public Builder allowRequest(RequestFilter filter) {
            return allowRequestAsync(request -> {
                filter.on(request);
                return CompletableFuture.completedFuture(null);
            });
        }

        /** Sets a filter that decides later; see {@link #allowRequest}. */
        public Builder allowRequestAsync(RequestFilter.Async filter) {
            allowRequest = filter;
            return this;
        }

        /** Sets the threads on which handlers run, unless a namespace chooses its own. Default {@link HandlerMode#MAILBOX}. */
        public Builder handlerMode(HandlerMode mode) {
            handlerMode = mode;
            return this;
        }

        /**
         * Sets the executor of handler threads: of handlers in {@link HandlerMode#MAILBOX}, and of {@link
         * Room#execute}. The server does not shut it down. Default: virtual threads from JDK 21 on, else a pool of 64 threads, which grows to 1,000 while all of them
         * are blocked.
         */
        public Builder handlerExecutor(Executor executor) {
            handlerExecutor = executor;
            return this;
        }

        /** Sets the JSON codec. Default: the one that {@link java.util.ServiceLoader} finds. */
        public Builder jsonCodec(JsonCodec codec) {
            jsonCodec = codec;
            return this;
        }

        /**
         * Sets a function that each server created with these options is given, before a port opens: it adds
         * middleware, listeners and handlers. It is the counterpart of {@code onClientConnect} and its like of
         * Socket.IO 0.6. Default: none.
         */
        public Builder setup(Consumer<? super SocketIoServer> setup) {
            this.setup = setup;
            return this;
        }

        /**
         * Sets the outcomes of events whose clients receive an error as the ack that they asked for: {@code {"error": "refused" |
         * "bad_arguments" | "failed" | "unhandled", "message": …}}. Other outcomes leave the client without an ack, as the Node
         * server does. An official client takes every ack for a success: with an error as the ack it neither retries nor reports a
         * timeout. Default: {@link ServerObserver.Outcome#REFUSED}, because its exception is the application's own answer. None
         * without arguments.
         *
         * @param outcomes all but {@link ServerObserver.Outcome#SUCCESS}
         */
        public Builder errorAcks(ServerObserver.Outcome... outcomes) {
            Set<ServerObserver.Outcome> chosen = Set.of(outcomes);
            if (chosen.contains(ServerObserver.Outcome.SUCCESS)) {
                throw new IllegalArgumentException("errorAcks: SUCCESS is not an error");
            }
            errorAcks = chosen;
            return this;
        }

        /**
         * Sets a generator of socket ids, for example to use ids that an application already stores. It receives the handshake of a
         * socket that joins a namespace, with the attributes that {@link #allowRequest} set. It is called on the event loop and must
         * not block. Ids have 1 to 128 letters, digits, {@code -} and {@code _}, and each is used by one socket of a namespace at a
         * time. If the generator fails, or its id is in use or has another form, the server generates the id and logs a warning.
         * Default: 120 random bits, because a client that knows an id may ask the application to send to it.
         */
        public Builder socketIds(Function<? super Handshake, String> generator) {
            socketIds = generator;
            return this;
        }

        /** Sets an observer, for metrics. Default: none, which costs one null check for each message. */
        public Builder observer(ServerObserver observer) {
            this.observer = observer;
            return this;
        }

        /**
         * Enables connection state recovery: a client that lost its connection and comes back in time continues as the
         * same socket, with the packets that it missed. Default: off, because it uses memory.
         */
        public Builder connectionStateRecovery(RecoveryOptions options) {
            connectionStateRecovery = options;
            return this;
        }

        /**
         * Sets the host that opens ports, with its settings. Default: the host on the class or module path, with its defaults.
         */
        public Builder host(HostProvider host) {
            this.host = host;
            return this;
        }

        /** Sets the adapter, which delivers broadcasts. Default: within this server. */
        public Builder adapter(Adapter.Factory adapter) {
            this.adapter = adapter;
            return this;
        }

        /**
         * Returns the options.
         *
         * @throws IllegalArgumentException if a name does not exist, an origin or a host is malformed, or options contradict each
         *     other; the message names the option, the value and the known names
         */
        public ServerOptions build() {
            ServerOptions options = new ServerOptions(this);
            ServerProvider.installed().validate(options);
            return options;
        }
    }
}
