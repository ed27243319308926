package io.everwire;

import io.everwire.json.JsonCodec;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.Packet;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.text.Query;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How a socket came to be: the request that opened its connection, and what the client said when it joined the namespace. */
public final class Handshake {
    private static final Bytes NO_AUTH = Bytes.utf8("{}");

    private final RequestHead head;
    private final String generation;
    private final String transport;
    private final long time;
    private final Bytes auth;
    private final Packet.@Nullable Recovery recovery;
    private final JsonCodec codec;

    Handshake(
            RequestHead head,
            String generation,
            String transport,
            Instant time,
            Packet.Connect connect,
            JsonCodec codec) {
        this.head = head;
        this.generation = generation;
        this.transport = transport;
        this.time = time.toEpochMilli();
        this.auth = connect.payload() == null ? NO_AUTH : connect.payload();
        this.recovery = connect.recovery();
        this.codec = codec;
    }

    /** As other servers are told it. */
    Bytes json() {
        return HandshakeJson.write(this, auth, codec);
    }

    /** Whom the client says it was, or null. */
    Packet.@Nullable Recovery recovery() {
        return recovery;
    }

    /** The wire generation that the client speaks: {@code gen0}, {@code eio4} … */
    public String generation() {
        return generation;
    }

    /** The transport that opened the connection, by its name on the wire; which one it is now, tells {@link Socket#transport}. */
    public String transport() {
        return transport;
    }

    /** The request target, as sent. */
    public String url() {
        return head.target();
    }

    /** The query of the request; of several equal names the last. */
    public Map<String, String> query() {
        return Query.all(head.target());
    }

    /** The headers of the request by their names in small letters; several of one name are joined by a comma and a space. */
    public Map<String, String> headers() {
        Map<String, String> headers = new TreeMap<>();
        head.forEachHeader((name, value) ->
                headers.merge(name.toLowerCase(Locale.ROOT), value, (before, added) -> before + ", " + added));
        return headers;
    }

    /** The client's address, or that of the last proxy that is not among {@link ServerOptions.Builder#trustedProxies}. */
    public InetSocketAddress address() {
        return head.remoteAddress();
    }

    /** When the socket joined, to the millisecond. */
    public Instant time() {
        return Instant.ofEpochMilli(time);
    }

    /** Whether the request arrived over TLS, here or at a trusted proxy. */
    public boolean secure() {
        return head.secure();
    }

    /** Whether a page on another origin may have sent it: the request has an {@code Origin}. */
    public boolean xdomain() {
        return head.header("Origin") != null;
    }

    /** As {@link #auth(TypeToken)}. */
    public <T> T auth(Class<T> type) {
        return auth(TypeToken.of(type));
    }

    /**
     * What the client gave as {@code auth}, as a value of a type; an empty object if it gave nothing.
     *
     * @throws BadArgumentsException if it does not fit
     */
    @SuppressWarnings({"unchecked", "NullAway"}) // the codec returns what the token says, and an object is never null
    public <T> T auth(TypeToken<T> type) {
        try {
            return (T) codec.read(auth.array(), auth.offset(), auth.end(), type.type(), List.of());
        } catch (io.everwire.json.JsonException e) {
            throw new BadArgumentsException("auth does not fit", e);
        }
    }
}
