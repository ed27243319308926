package io.everwire;

import io.everwire.adapter.Adapter;
import io.everwire.engine.EngineOptions;
import io.everwire.json.JsonCodec;
import io.everwire.protocol.Generation;
import io.everwire.protocol.InitialPacket;
import io.everwire.protocol.TransportOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The options of a server: immutable, made by a {@link Builder} that checks them. */
public final class ServerOptions {
    private final OptionValues values;

    private ServerOptions(OptionValues values) {
        this.values = values;
    }

    /** The defaults, to be changed. */
    public static Builder builder() {
        return new Builder(new OptionValues());
    }

    /** These options, to be changed. */
    public Builder toBuilder() {
        return new Builder(values.copy());
    }

    /** See {@link Builder#path}. */
    public String path() {
        return values.path;
    }

    /** See {@link Builder#generations(GenerationOptions)}. */
    public GenerationOptions generations() {
        return values.generations;
    }

    /** See {@link Builder#connectTimeout}. */
    public Duration connectTimeout() {
        return values.connectTimeout;
    }

    /** See {@link Builder#ackTimeout}. */
    public Duration ackTimeout() {
        return values.ackTimeout;
    }

    long closeTimeoutMillis() {
        return values.closeTimeout.toMillis();
    }

    /** See {@link Builder#maxHttpBufferSize}. */
    public int maxHttpBufferSize() {
        return values.maxHttpBufferSize;
    }

    /** See {@link Builder#maxNamespaces}. */
    public int maxNamespaces() {
        return values.maxNamespaces;
    }

    /** See {@link Builder#maxDynamicNamespaces}. */
    public int maxDynamicNamespaces() {
        return values.maxDynamicNamespaces;
    }

    /** See {@link Builder#cleanupEmptyChildNamespaces}. */
    public boolean cleanupEmptyChildNamespaces() {
        return values.cleanupEmptyChildNamespaces;
    }

    /** See {@link Builder#maxPendingInput}. */
    public int maxPendingInput() {
        return values.maxPendingInput;
    }

    /** See {@link Builder#handlerMode}. */
    public HandlerMode handlerMode() {
        return values.handlerMode;
    }

    /** What only the server reads; nobody changes it any more. */
    OptionValues values() {
        return values;
    }

    LimitOptions limits() {
        return values.limits;
    }

    Adapter.Factory adapter() {
        return values.adapter;
    }

    @Nullable
    RecoveryOptions recovery() {
        return values.recovery;
    }

    EngineOptions engine(List<Generation> generations) {
        return OptionsValidator.of(values, generations);
    }

    /** Collects options. Every method returns this builder. Not for several threads. */
    public static final class Builder {
        private final OptionValues values;

        private Builder(OptionValues values) {
            this.values = values;
        }

        /**
         * Where the server is: everything under this path that is Socket.IO, and nothing else. Default {@code /socket.io},
         * where every official client looks. Starts with a slash; one at the end is dropped.
         */
        public Builder path(String path) {
            values.path = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
            return this;
        }

        /**
         * Whether there must be a slash behind the path. Default true, as all official clients send it; false serves {@code
         * /socket.io?…} as well.
         */
        public Builder addTrailingSlash(boolean add) {
            values.addTrailingSlash = add;
            return this;
        }

        /** The generations served, by their names; see {@link GenerationOptions}. Default: all. */
        public Builder generations(String... names) {
            return generations(GenerationOptions.only(names));
        }

        /** The generations served, and how. Default: all. */
        public Builder generations(GenerationOptions options) {
            values.generations = options;
            return this;
        }

        /**
         * The transports served, by their names on the wire ({@code polling}, {@code websocket} …). Default: all but JSON-P,
         * see {@link #scriptTransports}. A name that no generation has is refused with those there are.
         */
        public Builder transports(String... transports) {
            values.transports = Set.copyOf(List.of(transports));
            return this;
        }

        /**
         * Whether JSON-P is among the transports, for browsers that know no other way to another origin. Default false:
         * its answers are scripts, which a page of any origin can load and so read with its visitor's cookies; what a browser
         * tells of the page ({@code Referer}, {@code Sec-Fetch-Site}) is judged, but a page can have it say nothing.
         */
        public Builder scriptTransports(boolean serve) {
            values.scriptTransports = serve;
            return this;
        }

        /**
         * The parsers served: {@code default}, and {@code msgpack} for clients 3.x and 4.x with socket.io-msgpack-parser. Default:
         * both, at once; a client's first packet tells which it has, and closes it if that one is not served.
         */
        public Builder parsers(String... parsers) {
            values.parsers = Set.copyOf(List.of(parsers));
            return this;
        }

        /** Whether clients that began with polling may move to WebSocket. Default true. */
        public Builder allowUpgrades(boolean allow) {
            values.allowUpgrades = allow;
            return this;
        }

        /** Between two heartbeats. 1 ms to 1 day; default 25 s, as the Node server: shorter than what proxies cut. */
        public Builder pingInterval(Duration interval) {
            values.pingInterval = interval;
            return this;
        }

        /** How long a heartbeat may stay unanswered. 1 ms to 1 day; default 20 s, as the Node server. */
        public Builder pingTimeout(Duration timeout) {
            values.pingTimeout = timeout;
            return this;
        }

        /** How long an upgrade may take before it is given up. 1 ms to 1 day; default 10 s, as the Node server. */
        public Builder upgradeTimeout(Duration timeout) {
            values.upgradeTimeout = timeout;
            return this;
        }

        /**
         * How long a connection may exist without having joined a namespace. 1 ms to 1 day; default 45 s, as the Node server:
         * connections that want nothing do not pile up.
         */
        public Builder connectTimeout(Duration timeout) {
            values.connectTimeout = timeout;
            return this;
        }

        /** How long {@link Socket#call} waits unless told. 1 ms to 1 day; default 30 s: no call waits for ever. */
        public Builder ackTimeout(Duration timeout) {
            values.ackTimeout = timeout;
            return this;
        }

        /**
         * How long {@link SocketIoServer#close} waits for clients to take what was sent to them. 1 ms to 1 day; default 1 s: polls
         * come back sooner, and who does not read should not keep a server from ending.
         */
        public Builder closeTimeout(Duration timeout) {
            values.closeTimeout = timeout;
            return this;
        }

        /** The largest request body and message, in bytes. 1 to 2<sup>30</sup>; default 1,000,000, as the Node server. */
        public Builder maxHttpBufferSize(int bytes) {
            values.maxHttpBufferSize = bytes;
            return this;
        }

        /**
         * The most that may wait for one client that reads slowly or is briefly away, in bytes; beyond it the client is
         * closed. 1 to 2<sup>30</sup>; default 10 MiB.
         */
        public Builder maxQueuedBytes(int bytes) {
            values.maxQueuedBytes = bytes;
            return this;
        }

        /**
         * How much of one client may wait for its handlers, in bytes; beyond it the client is not read until half of it is
         * handled. 1 to 2<sup>30</sup>; default 1 MiB.
         */
        public Builder maxPendingInput(int bytes) {
            values.maxPendingInput = bytes;
            return this;
        }

        /** The most binary attachments of one packet. 0 to 10,000; default 10, as the Node server since parser 4.2.6. */
        public Builder maxAttachments(int count) {
            values.maxAttachments = count;
            return this;
        }

        /** How deep JSON may be nested. 1 to 1,000; default 64: more than messages need, less than a stack. */
        public Builder maxJsonDepth(int depth) {
            values.maxJsonDepth = depth;
            return this;
        }

        /** How many connections there may be at one time; more are refused. 1 to 2<sup>31</sup>−1; default 1,000,000. */
        public Builder maxSessions(int count) {
            values.maxSessions = count;
            return this;
        }

        /** Bounds that seldom matter to anybody but an attacker. Default {@link LimitOptions#DEFAULTS}. */
        public Builder limits(LimitOptions limits) {
            values.limits = limits;
            return this;
        }

        /** How many namespaces one connection may join; one that asks for more is closed. 1 to 10,000; default 32. */
        public Builder maxNamespaces(int count) {
            values.maxNamespaces = count;
            return this;
        }

        /**
         * How many namespaces clients may have made of those that a {@link DynamicNamespaces} allows; who asks for one more is
         * refused. 0 to 2<sup>31</sup>−1; default 100,000: their names are chosen by clients.
         */
        public Builder maxDynamicNamespaces(int count) {
            values.maxDynamicNamespaces = count;
            return this;
        }

        /**
         * Whether a namespace made for a client goes when its last socket does, and is made anew for the next one. Default
         * false, as the Node server: what the application added to a single child would go with it.
         */
        public Builder cleanupEmptyChildNamespaces(boolean cleanup) {
            values.cleanupEmptyChildNamespaces = cleanup;
            return this;
        }

        /**
         * The pages that may use the server, besides those of its own origin. {@code *} for all, or origins such as
         * {@code https://app.example.com}, or {@code host:port} with {@code *} for either. Default: none, because a browser
         * sends its user's cookies along with any page's WebSocket.
         */
        public Builder origins(String... origins) {
            values.origins = List.of(origins);
            return this;
        }

        /** The proxies whose word is taken for the addresses of clients; see {@link ProxyOptions}. Default: none. */
        public Builder trustedProxies(ProxyOptions proxies) {
            values.trustedProxies = proxies;
            return this;
        }

        /**
         * The official client served as {@code <path>/socket.io.js}: {@code 4.8.4} (default), {@code 2.5.0}, {@code 1.7.4}, {@code
         * 0.9.17}, {@code 0.6} to {@code 0.6.3}. All are served under their own path, too: {@code <path>/2.5.0/socket.io.js}.
         */
        public Builder clientFiles(String version) {
            values.clientFiles = version;
            return this;
        }

        /** Serves no client files. */
        public Builder noClientFiles() {
            values.clientFiles = null;
            return this;
        }

        /**
         * Settings of one transport of the generations that time each transport by itself, by its name on the wire. What is
         * not set keeps that generation's default.
         */
        public Builder transport(String name, Consumer<TransportSettings> settings) {
            TransportSettings collected = new TransportSettings();
            settings.accept(collected);
            Map<String, TransportOptions> all = new HashMap<>(values.transportOptions);
            all.put(name, collected.build());
            values.transportOptions = Map.copyOf(all);
            return this;
        }

        /**
         * The cookie that is set when a connection is opened, for load balancers that keep a client with one server by it.
         * Default: none.
         */
        public Builder cookie(CookieOptions cookie) {
            values.cookie = cookie;
            return this;
        }

        /**
         * Text that clients of Engine.IO 3 and 4 are sent as a message of that layer with the answer that opens the connection.
         * Default: none.
         */
        public Builder initialPacket(String text) {
            values.initialPacket = InitialPacket.text(text);
            return this;
        }

        /** The same as a binary message, for clients whose own parser reads those, and for Engine.IO alone. */
        public Builder initialPacket(byte[] bytes) {
            values.initialPacket = InitialPacket.binary(bytes);
            return this;
        }

        /**
         * Answers to polls of so many bytes are compressed, if the client takes it and a packet in them was not emitted with {@code
         * compress(false)}. 0 to 2<sup>31</sup>−1, which compresses none; default 1024, as the Node server.
         */
        public Builder httpCompression(int threshold) {
            values.httpCompression = threshold;
            return this;
        }

        /**
         * Compresses the messages of WebSockets with clients that can. Default: not, as the Node server; it costs time and memory
         * for each client.
         */
        public Builder perMessageDeflate(DeflateOptions options) {
            values.perMessageDeflate = options;
            return this;
        }

        /** Asked whether a request may open a connection. Default: every request may. */
        public Builder allowRequest(RequestFilter filter) {
            return allowRequestAsync(request -> {
                filter.on(request);
                return NamespaceListeners.PASSED;
            });
        }

        /** As {@link #allowRequest}, for a decision that comes later. */
        public Builder allowRequestAsync(RequestFilter.Async filter) {
            values.allowRequest = filter;
            return this;
        }

        /** Where handlers run. Default {@link HandlerMode#MAILBOX}. */
        public Builder handlerMode(HandlerMode mode) {
            values.handlerMode = mode;
            return this;
        }

        /**
         * What lends threads to handlers in {@link HandlerMode#MAILBOX}; it stays the caller's to shut down. Default: virtual
         * threads from JDK 21 on, else a pool of 64 threads, which grows to 1,000 while all of them wait.
         */
        public Builder handlerExecutor(Executor executor) {
            values.handlerExecutor = executor;
            return this;
        }

        /** How values become JSON and back. Default: the one found by {@link java.util.ServiceLoader}. */
        public Builder jsonCodec(JsonCodec codec) {
            values.jsonCodec = codec;
            return this;
        }

        /** Listeners that each server made with these options has from its start. Called again, it replaces them. Default: none. */
        public Builder listeners(Consumer<ServerListeners> listeners) {
            ServerListeners collected = new ServerListeners();
            listeners.accept(collected);
            values.listeners = collected.added();
            return this;
        }

        /** Has clients that lose their connection and come back in time go on where they were. Default: off, because it costs. */
        public Builder connectionStateRecovery(RecoveryOptions options) {
            values.recovery = options;
            return this;
        }

        /** How broadcasts spread. Default: within this server. */
        public Builder adapter(Adapter.Factory adapter) {
            values.adapter = adapter;
            return this;
        }

        /**
         * The options collected.
         *
         * @throws IllegalArgumentException if a value is out of its range, or a name is none; names the option, the value and the
         *     range
         */
        public ServerOptions build() {
            OptionsValidator.check(values);
            return new ServerOptions(values.copy());
        }
    }
}
