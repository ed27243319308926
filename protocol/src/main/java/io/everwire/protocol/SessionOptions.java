package io.everwire.protocol;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The limits and timings of sessions. Times are milliseconds. Built and validated by the server's options, which
 * document each default and its reason.
 *
 * @param transports the transports served, by their names on the wire; empty serves all except those withheld
 * @param withheld the transports that are served only if they are listed; see {@link Generation#withheld}
 * @param upgrades whether a session may move from polling to WebSocket
 * @param maxPayload the largest request body and WebSocket message accepted, in bytes
 * @param maxQueued the largest number of bytes queued for one client; a client that exceeds it is closed
 * @param maxAttachments the largest number of binary attachments of one packet
 * @param maxDepth the deepest nesting of JSON
 * @param pingInterval the time between two heartbeats, for the generations that let the server choose
 * @param pingTimeout the time in which a heartbeat must be answered
 * @param upgradeTimeout the time in which an upgrade must complete
 * @param perTransport settings of single transports, by name
 * @param initialPacket a message sent right after a session is open, by the generations that support it; or null
 * @param attachmentTimeout the time in which the attachments of a packet must arrive
 * @param parsers the packet encodings served, by the names that {@link Generation#parsers} returns; empty serves all
 */
public record SessionOptions(
        Set<String> transports,
        Set<String> withheld,
        boolean upgrades,
        int maxPayload,
        int maxQueued,
        int maxAttachments,
        int maxDepth,
        long pingInterval,
        long pingTimeout,
        long upgradeTimeout,
        Map<String, TransportOptions> perTransport,
        @Nullable InitialPacket initialPacket,
        long attachmentTimeout,
        Set<String> parsers) {

    /** The defaults of the Node server (engine.io 6.6), with a limit where that has none. */
    public static final SessionOptions DEFAULTS = new SessionOptions(
            Set.of(), Set.of(), true, 1_000_000, 10 * 1024 * 1024, 10, 100, 25_000, 20_000, 10_000, Map.of());

    /** Copies the collections. */
    public SessionOptions {
        transports = Set.copyOf(transports);
        withheld = Set.copyOf(withheld);
        perTransport = Map.copyOf(perTransport);
        parsers = Set.copyOf(parsers);
    }

    /** Creates options without an initial packet, with a minute for attachments and every packet encoding. */
    public SessionOptions(
            Set<String> transports,
            Set<String> withheld,
            boolean upgrades,
            int maxPayload,
            int maxQueued,
            int maxAttachments,
            int maxDepth,
            long pingInterval,
            long pingTimeout,
            long upgradeTimeout,
            Map<String, TransportOptions> perTransport) {
        this(
                transports,
                withheld,
                upgrades,
                maxPayload,
                maxQueued,
                maxAttachments,
                maxDepth,
                pingInterval,
                pingTimeout,
                upgradeTimeout,
                perTransport,
                null,
                60_000,
                Set.of());
    }

    /** Returns the same options with other transports. */
    public SessionOptions withTransports(Set<String> served) {
        return new SessionOptions(
                served,
                withheld,
                upgrades,
                maxPayload,
                maxQueued,
                maxAttachments,
                maxDepth,
                pingInterval,
                pingTimeout,
                upgradeTimeout,
                perTransport,
                initialPacket,
                attachmentTimeout,
                parsers);
    }

    /** Returns the same options with other times of heartbeats, in milliseconds. */
    public SessionOptions withHeartbeat(long interval, long timeout) {
        return new SessionOptions(
                transports,
                withheld,
                upgrades,
                maxPayload,
                maxQueued,
                maxAttachments,
                maxDepth,
                interval,
                timeout,
                upgradeTimeout,
                perTransport,
                initialPacket,
                attachmentTimeout,
                parsers);
    }

    /** Returns whether a transport is served. */
    public boolean serves(String transport) {
        return transports.isEmpty() ? !withheld.contains(transport) : transports.contains(transport);
    }

    /** Returns whether a packet encoding is served. */
    public boolean parses(String parser) {
        return parsers.isEmpty() || parsers.contains(parser);
    }

    /** Returns the settings of one transport. */
    public TransportOptions transport(String name) {
        return perTransport.getOrDefault(name, TransportOptions.DEFAULTS);
    }
}
