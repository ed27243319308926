package io.everwire.protocol;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One generation of the wire: a room. Everything particular to it (addresses, handshake, packets, framing, heartbeats,
 * errors) stands in its package; this is all the rest of the server sees. Stateless, called from any thread.
 */
public interface Generation {
    /** Its short name: {@code gen0}, {@code eio4} … */
    String name();

    /**
     * Looks at a request under the server's path.
     *
     * @param head the request
     * @param rest what follows the server's path in the request target, query included; starts with {@code /}
     * @return what it is to this generation, or null if it is not its own. At most one generation claims a request
     */
    @Nullable
    Claim claim(RequestHead head, String rest, SessionOptions options);

    /**
     * Answers a request that is turned away, in the way this generation's clients understand.
     *
     * @param message words for the client instead of the usual ones, or null
     */
    void refuse(Exchange exchange, Refusal refusal, @Nullable String message);

    /**
     * Makes the session for a request claimed with {@link Claim.Open}. The request itself follows: as
     * {@link Session#request}, or as {@link Session#lineOpened} if it asks for a WebSocket.
     *
     * @param sid the private session id: at least 120 random bits, of letters, digits, {@code -} and {@code _}
     */
    Session open(String sid, RequestHead head, SessionListener listener, SessionOptions options, long now);

    /** Whether its clients can be asked for an ack. */
    boolean acks();

    /**
     * Whether its clients remember the offsets of what they receive, and say when they come back whom they were
     * ({@link Packet.Recovery}): only they can be given what they missed. They are told their {@code pid} when they join.
     */
    default boolean recovers() {
        return false;
    }

    /**
     * The names of all its transports, as they stand in options: for a server that tells its owner which there are. A
     * generation that has none by name cannot have them chosen.
     */
    default Set<String> transports() {
        return Set.of();
    }

    /**
     * Those of its transports that are not served unless the application asks for them: those whose answers a page of any origin could
     * read, because browsers run scripts from everywhere.
     */
    default Set<String> withheld() {
        return Set.of();
    }

    /**
     * Whether its clients know WebSockets as the drafts 75 and 76 had them ({@link RequestHead#draft}). Others never see
     * such a request opened or resumed: it is refused. A {@link WebSocketLine} of a draft carries text only.
     */
    default boolean drafts() {
        return false;
    }

    /**
     * The names of the ways in which its clients may write packets, where they have a choice and each tells its own by what it
     * writes; see {@link SessionOptions#parsers}.
     */
    default Set<String> parsers() {
        return Set.of();
    }

    /**
     * The same wire with nothing on top of it: its clients are in {@code /} without asking, and send and receive messages, text
     * or binary, and nothing else. It claims the same requests and has the same name.
     *
     * @return null if this generation has no such layer, which is the default
     */
    default @Nullable Generation engine() {
        return null;
    }

    /** A packet as this generation writes it: done once, shared by every session of this generation. */
    Encoded encode(Packet packet);
}
