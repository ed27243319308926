package io.everwire.protocol;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The bounds and timings that sessions keep. Times are milliseconds. Built and validated by the server's options, where
 * each has its default and reason.
 *
 * @param transports the transports served, by their names on the wire; empty serves all but those withheld
 * @param withheld the transports that are served only if they are listed; see {@link Generation#withheld}
 * @param upgrades whether a session may move from polling to WebSocket
 * @param maxPayload the largest request body and WebSocket message accepted, in bytes
 * @param maxQueued the most that may wait for one client, in bytes; a client that lets more pile up is closed
 * @param maxAttachments the most binary attachments of one packet
 * @param maxDepth how deep JSON may be nested
 * @param pingInterval between two heartbeats, where the generation lets the server choose
 * @param pingTimeout how long a heartbeat may stay unanswered
 * @param upgradeTimeout how long an upgrade may take
 * @param perTransport settings of single transports, by name
 * @param initialPacket a message sent right after a session is open, by the generations that know such; or null
 * @param attachmentTimeout how long the attachments of a packet may take to arrive
 * @param parsers the ways of writing packets that are served, by the names that {@link Generation#parsers} gives; empty serves
 *     all
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

    /** The defaults of the Node server (engine.io 6.6), with a bound on what it leaves unbounded. */
    public static final SessionOptions DEFAULTS = new SessionOptions(
            Set.of(), Set.of(), true, 1_000_000, 10 * 1024 * 1024, 10, 64, 25_000, 20_000, 10_000, Map.of());

    /** Copies the collections. */
    public SessionOptions {
        transports = Set.copyOf(transports);
        withheld = Set.copyOf(withheld);
        perTransport = Map.copyOf(perTransport);
        parsers = Set.copyOf(parsers);
    }

    /** Without an initial packet, with a minute for attachments and every way of writing packets. */
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

    /** The same with other transports. */
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

    /** Whether a transport is served. */
    public boolean serves(String transport) {
        return transports.isEmpty() ? !withheld.contains(transport) : transports.contains(transport);
    }

    /** Whether a way of writing packets is served. */
    public boolean parses(String parser) {
        return parsers.isEmpty() || parsers.contains(parser);
    }

    /** The settings of one transport. */
    public TransportOptions transport(String name) {
        return perTransport.getOrDefault(name, TransportOptions.DEFAULTS);
    }
}
