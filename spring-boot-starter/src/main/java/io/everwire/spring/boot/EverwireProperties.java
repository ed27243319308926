package io.everwire.spring.boot;

import io.everwire.CookieOptions;
import io.everwire.HandlerMode;
import io.everwire.ServerObserver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The options of the server as properties. Defaults and ranges are those of {@link io.everwire.ServerOptions}.
 *
 * @param host Server on which Socket.IO is served.
 * @param port Port of its own, for the host "port".
 * @param security Spring Security on the port of the web server.
 * @param observations Observations of the application.
 * @param path Path of the server.
 * @param addTrailingSlash Whether a slash must follow the path.
 * @param generations Generations of the protocol.
 * @param transports Transports by their names on the wire. Default: all but JSON-P.
 * @param scriptTransports Whether JSON-P is served.
 * @param parsers Parsers of packets. Default: all.
 * @param allowUpgrades Whether a polling client may upgrade to WebSocket.
 * @param pingInterval Time between two heartbeats.
 * @param pingTimeout Time that a heartbeat may stay without an answer.
 * @param upgradeTimeout Time that an upgrade to WebSocket may take.
 * @param connectTimeout Time that a connection may exist without joining a namespace, and that middleware may take.
 * @param ackTimeout Time that a call waits for its ack.
 * @param closeTimeout Time in which clients receive their queued packets when the application stops.
 * @param maxHttpBufferSize Largest request body and message.
 * @param maxQueuedBytes Bytes queued for one client; beyond it the client is closed.
 * @param maxPendingInput Bytes of one client that may wait for its handlers; beyond it the server stops reading from the client.
 * @param maxAttachments Number of binary attachments of one packet.
 * @param maxJsonDepth Depth of nested JSON.
 * @param maxSessions Number of open connections.
 * @param limits Limits that protect against attackers.
 * @param maxNamespaces Number of namespaces of one connection.
 * @param maxDynamicNamespaces Number of namespaces that clients may create.
 * @param cleanupEmptyChildNamespaces Whether a dynamic namespace is removed with its last socket.
 * @param origins Origins whose pages may use the server, besides its own origin.
 * @param allowedHosts Hosts by which clients may ask for the server. Default: every host.
 * @param trustedProxies Proxies that are trusted to send the addresses of clients.
 * @param clientFiles Versions of the official client that are served, the first one as socket.io.js; empty for none.
 * @param transport Timings of single transports, by their names on the wire.
 * @param cookie Cookie of the response that opens a connection.
 * @param initialPacket Text message of the Engine.IO layer that clients receive first.
 * @param httpCompression Size from which responses to polls are compressed.
 * @param perMessageDeflate Compression of WebSocket messages.
 * @param handlerMode Threads on which handlers run.
 * @param handlerExecutor Name of the bean that runs handlers, such as applicationTaskExecutor. Default: virtual threads, or a pool
 *     before JDK 21.
 * @param errorAcks Outcomes of events whose clients receive an error as the ack.
 * @param connectionStateRecovery Recovery of clients that lost their connection.
 */
@ConfigurationProperties("everwire")
public record EverwireProperties(
        @DefaultValue("auto") HostKind host,
        @DefaultValue Port port,
        @DefaultValue Security security,
        @DefaultValue Observations observations,
        @DefaultValue("/socket.io") String path,
        @DefaultValue("true") boolean addTrailingSlash,
        @DefaultValue Generations generations,
        @DefaultValue List<String> transports,
        @DefaultValue("false") boolean scriptTransports,
        @DefaultValue List<String> parsers,
        @DefaultValue("true") boolean allowUpgrades,
        @DefaultValue("25s") Duration pingInterval,
        @DefaultValue("20s") Duration pingTimeout,
        @DefaultValue("10s") Duration upgradeTimeout,
        @DefaultValue("45s") Duration connectTimeout,
        @DefaultValue("30s") Duration ackTimeout,
        @DefaultValue("1s") Duration closeTimeout,
        @DefaultValue("1000000B") DataSize maxHttpBufferSize,
        @DefaultValue("10MB") DataSize maxQueuedBytes,
        @DefaultValue("1MB") DataSize maxPendingInput,
        @DefaultValue("10") int maxAttachments,
        @DefaultValue("100") int maxJsonDepth,
        @DefaultValue("1000000") int maxSessions,
        @DefaultValue Limits limits,
        @DefaultValue("1000") int maxNamespaces,
        @DefaultValue("100000") int maxDynamicNamespaces,
        @DefaultValue("false") boolean cleanupEmptyChildNamespaces,
        @DefaultValue List<String> origins,
        @DefaultValue List<String> allowedHosts,
        @DefaultValue TrustedProxies trustedProxies,
        @DefaultValue("4.8.4") List<String> clientFiles,
        @DefaultValue Map<String, Transport> transport,
        @DefaultValue Cookie cookie,
        @Nullable String initialPacket,
        @DefaultValue("1024B") DataSize httpCompression,
        @DefaultValue Deflate perMessageDeflate,
        @DefaultValue("mailbox") HandlerMode handlerMode,
        @Nullable String handlerExecutor,
        @DefaultValue("refused") Set<ServerObserver.Outcome> errorAcks,
        @DefaultValue Recovery connectionStateRecovery) {

    /**
     * A port of its own.
     *
     * @param number Port number; 0 lets the system choose. Without everwire.host, a number selects the host "port".
     * @param address Address of the network interface. Default: all addresses.
     * @param ssl TLS on the port.
     */
    public record Port(
            @Nullable Integer number,
            @Nullable String address,
            @DefaultValue Ssl ssl) {}

    /**
     * TLS on a port of its own.
     *
     * @param bundle Name of the SSL bundle. A bundle that is reloaded is used for new connections.
     */
    public record Ssl(@Nullable String bundle) {}

    /**
     * Spring Security on the port of the web server.
     *
     * @param csrf Whether Spring Security expects its CSRF token in requests of Socket.IO, too. Clients do not send it; the server
     *     checks the origin of pages itself.
     * @param closeOnLogout Whether the sockets of an HTTP session are disconnected when it ends.
     */
    public record Security(
            @DefaultValue("false") boolean csrf,
            @DefaultValue("true") boolean closeOnLogout) {}

    /**
     * Observations of the application.
     *
     * @param httpRequests Whether requests of Socket.IO are observed as http.server.requests, too. A parked poll takes 25 s.
     * @param events Whether each handled event is an observation "everwire.event" of the application's ObservationRegistry.
     * @param contextPropagation Whether handlers have the thread-local values of the HTTP request that opened the connection, such as
     *     those of the MDC, by the context-propagation library of Micrometer. For servlet applications.
     */
    public record Observations(
            @DefaultValue("false") boolean httpRequests,
            @DefaultValue("true") boolean events,
            @DefaultValue("false") boolean contextPropagation) {}

    /**
     * The generations of the protocol: gen0 (Socket.IO 0.6), gen1 (0.7 to 0.9), eio3 (1.x and 2.x) and eio4 (3.x and 4.x).
     *
     * @param only Generations that are served. Default: all.
     * @param without Generations that are not served.
     * @param transports Transports of single generations, by the name of the generation.
     * @param pingInterval Time between two heartbeats of single generations, by the name of the generation.
     * @param pingTimeout Time that a heartbeat of single generations may stay without an answer, by the name of the generation.
     * @param engineOnly Whether to serve Engine.IO alone.
     */
    public record Generations(
            @DefaultValue List<String> only,
            @DefaultValue List<String> without,
            @DefaultValue Map<String, List<String>> transports,
            @DefaultValue Map<String, Duration> pingInterval,
            @DefaultValue Map<String, Duration> pingTimeout,
            @DefaultValue("false") boolean engineOnly) {}

    /**
     * Limits that protect against attackers.
     *
     * @param maxUnconnected Number of connections that have not joined a namespace yet.
     * @param maxSessionsPerAddress Number of connections from one address.
     * @param maxNamespaceLength Length of the name of a namespace, in characters.
     * @param maxEventNameLength Length of the name of an event.
     * @param maxArguments Number of arguments of an event or an ack.
     * @param maxRoomsPerSocket Number of rooms of one socket.
     * @param maxRooms Number of rooms of the server.
     * @param maxRoomNameLength Length of the name of a room, in characters.
     * @param maxRoomTasks Number of tasks that wait in one room.
     * @param maxRoomTasksTotal Number of tasks that wait in all rooms together.
     * @param maxVolatileKeys Number of keys of volatile events that are kept for one client.
     * @param maxAuthBytes Size of the auth object of a client.
     * @param maxInputBytesTotal Memory of the input of all clients together. Default: an eighth of the heap.
     * @param maxSessionBytesTotal Memory that all open sessions keep together. Default: a quarter of the heap.
     * @param maxQueuedBytesTotal Bytes queued for all clients together. Default: a quarter of the heap.
     * @param attachmentTimeout Time that the attachments of a packet may take to arrive.
     * @param unusedTimeout Time in which a client that opened a connection must send a second request; 0 disables it.
     */
    public record Limits(
            @DefaultValue("50000") int maxUnconnected,
            @DefaultValue("2147483647") int maxSessionsPerAddress,
            @DefaultValue("1024") int maxNamespaceLength,
            @DefaultValue("1024B") DataSize maxEventNameLength,
            @DefaultValue("10000") int maxArguments,
            @DefaultValue("10000") int maxRoomsPerSocket,
            @DefaultValue("1000000") int maxRooms,
            @DefaultValue("1024") int maxRoomNameLength,
            @DefaultValue("10000") int maxRoomTasks,
            @DefaultValue("100000") int maxRoomTasksTotal,
            @DefaultValue("1000") int maxVolatileKeys,
            @DefaultValue("64KB") DataSize maxAuthBytes,
            @Nullable DataSize maxInputBytesTotal,
            @Nullable DataSize maxSessionBytesTotal,
            @Nullable DataSize maxQueuedBytesTotal,
            @DefaultValue("60s") Duration attachmentTimeout,
            @DefaultValue("20s") Duration unusedTimeout) {}

    /**
     * Proxies that are trusted to send the addresses of clients.
     *
     * @param addresses Addresses and networks of the proxies.
     * @param forwarded Whether the proxies write the header Forwarded (RFC 7239).
     */
    public record TrustedProxies(
            @DefaultValue List<String> addresses,
            @DefaultValue("false") boolean forwarded) {}

    /**
     * Timings of one transport, for the generations gen0 and gen1. Default: those of the generation.
     *
     * @param closeTimeout Time that a client may be away before it is disconnected.
     * @param heartbeatInterval Time from the answer to a heartbeat to the next heartbeat.
     * @param heartbeatTimeout Time that a heartbeat may stay without an answer.
     * @param pollDuration Time that a poll without data is held.
     */
    public record Transport(
            @Nullable Duration closeTimeout,
            @Nullable Duration heartbeatInterval,
            @Nullable Duration heartbeatTimeout,
            @Nullable Duration pollDuration) {}

    /**
     * The cookie of the response that opens a connection, for load balancers.
     *
     * @param enabled Whether the cookie is set.
     * @param name Name of the cookie.
     * @param path Path below which requests carry it.
     * @param domain Domain of the cookie. Default: only the host that set it.
     * @param maxAge Time that browsers keep it. Default: until the browser ends.
     * @param httpOnly Whether scripts cannot read it.
     * @param secure Whether it is sent over TLS only.
     * @param partitioned Whether each page that embeds the page has its own cookie.
     * @param sameSite Requests of other sites that carry it.
     */
    public record Cookie(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("io") String name,
            @DefaultValue("/") String path,
            @Nullable String domain,
            @Nullable Duration maxAge,
            @DefaultValue("true") boolean httpOnly,
            @DefaultValue("false") boolean secure,
            @DefaultValue("false") boolean partitioned,
            @DefaultValue("lax") CookieOptions.SameSite sameSite) {}

    /**
     * Compression of WebSocket messages.
     *
     * @param enabled Whether messages are compressed for clients that support it.
     * @param threshold Size from which messages are compressed.
     * @param contextTakeover Whether both sides keep the compression context from message to message.
     * @param level Compression level, 1 to 9.
     */
    public record Deflate(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("1024B") DataSize threshold,
            @DefaultValue("false") boolean contextTakeover,
            @DefaultValue("1") int level) {}

    /**
     * Recovery of clients that lost their connection.
     *
     * @param enabled Whether clients that come back in time continue as the same socket.
     * @param maxDisconnectionDuration Time that a client may be away.
     * @param skipMiddlewares Whether a recovered socket skips the middleware of its namespace.
     * @param maxSessions Number of disconnected clients to keep data for.
     * @param maxPackets Number of packets to keep.
     * @param maxBytes Memory of the kept packets.
     */
    public record Recovery(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("2m") Duration maxDisconnectionDuration,
            @DefaultValue("true") boolean skipMiddlewares,
            @DefaultValue("50000") int maxSessions,
            @DefaultValue("100000") int maxPackets,
            @DefaultValue("64MB") DataSize maxBytes) {}
}
