package io.everwire.core.connect;

import io.everwire.Attribute;
import io.everwire.Handshake;
import io.everwire.TypeToken;
import io.everwire.core.dispatch.Binding;
import io.everwire.core.request.ClientRequest;
import io.everwire.core.request.RequestAttributes;
import io.everwire.json.JsonCodec;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.Packet;
import io.everwire.protocol.RequestHead;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The handshake of a socket of this server, or of another server ({@link HandshakeJson#read}). */
public final class CoreHandshake implements Handshake {
    private static final Bytes NO_AUTH = Bytes.utf8("{}");

    private final RequestHead head;
    private final String generation;
    private final String transport;
    private final long time;
    private final Bytes auth;
    private final Packet.@Nullable Recovery recovery;
    private final JsonCodec codec;
    private final @Nullable RequestAttributes attributes;

    /**
     * @param connect the packet with which the client joined
     * @param attributes those of the request; null without any
     */
    public CoreHandshake(
            RequestHead head,
            String generation,
            String transport,
            Instant time,
            Packet.Connect connect,
            JsonCodec codec,
            @Nullable RequestAttributes attributes) {
        this.head = head;
        this.generation = generation;
        this.transport = transport;
        this.time = time.toEpochMilli();
        this.auth = connect.payload() == null ? NO_AUTH : connect.payload().compact();
        this.recovery = connect.recovery();
        this.codec = codec;
        this.attributes = attributes;
    }

    /** Returns the JSON that other servers receive. */
    public Bytes json() {
        return HandshakeJson.write(this, auth, codec);
    }

    /** Returns the size of {@code auth}, in bytes; 0 if the client sent none. */
    public int authBytes() {
        return auth == NO_AUTH ? 0 : auth.length();
    }

    /** Returns the session that the client wants to continue, or null. */
    public Packet.@Nullable Recovery recovery() {
        return recovery;
    }

    @Override
    public String generation() {
        return generation;
    }

    @Override
    public String transport() {
        return transport;
    }

    @Override
    public String url() {
        return head.target();
    }

    @Override
    public @Nullable String query(String name) {
        return request().query(name);
    }

    @Override
    public Map<String, String> query() {
        return request().query();
    }

    @Override
    public Map<String, String> headers() {
        return request().headers();
    }

    @Override
    public @Nullable String cookie(String name) {
        return request().cookie(name);
    }

    @Override
    public InetSocketAddress address() {
        return head.remoteAddress();
    }

    @Override
    public <T> @Nullable T attribute(Attribute<T> key) {
        return attributes == null ? null : attributes.get(key);
    }

    @Override
    public @Nullable Principal principal() {
        return head.principal();
    }

    @Override
    public List<X509Certificate> peerCertificates() {
        return head.peerCertificates();
    }

    @Override
    public <T> @Nullable T host(Class<T> type) {
        return head.hostObject(type);
    }

    @Override
    public Instant time() {
        return Instant.ofEpochMilli(time);
    }

    @Override
    public boolean secure() {
        return head.secure();
    }

    @Override
    public boolean xdomain() {
        return head.header("Origin") != null;
    }

    @Override
    @SuppressWarnings("NullAway") // An object is never null.
    public <T> T auth(TypeToken<T> type) {
        return Binding.read(codec, auth, type, "auth");
    }

    private ClientRequest request() {
        return new ClientRequest(head);
    }
}
