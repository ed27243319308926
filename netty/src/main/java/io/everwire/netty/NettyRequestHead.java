package io.everwire.netty;

import io.everwire.engine.PackedHeaders;
import io.everwire.protocol.RequestHead;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The head of a request as Netty decoded it. Any thread may read it. */
final class NettyRequestHead implements RequestHead {
    /** The memory of this object and its text beside the characters, in bytes. */
    private static final int OBJECTS = 96;

    private final String method;
    private final InetSocketAddress remoteAddress;
    private final boolean secure;
    private final boolean upgrade;
    private final boolean draft;

    /**
     * {@link Decoded}; since {@link #pack} the target and the headers as one {@code String}, or {@link Certified}. One field, because
     * a session keeps this object (benchmark idle).
     */
    private volatile Object content;

    private record Decoded(String target, HttpHeaders headers, PeerCertificates peer) {}

    /** The packed text of a peer with certificates. */
    private record Certified(String text, PeerCertificates peer) {}

    /**
     * Keeps the headers of {@code request}, which must not change any more, and nothing else of it.
     *
     * @param drafts whether requests of hixie-75 and hixie-76 count as requests for a WebSocket
     */
    NettyRequestHead(HttpRequest request, Channel channel, boolean drafts) {
        method = request.method().name();
        SslHandler tls = StreamChannels.connection(channel).pipeline().get(SslHandler.class);
        PeerCertificates peer = tls == null ? PeerCertificates.NONE : PeerCertificates.of(tls.engine());
        content = new Decoded(request.uri(), request.headers(), peer);
        remoteAddress = remoteAddress(channel);
        secure = tls != null;
        draft = drafts && HixieHandshake.isGrantable(request);
        upgrade = draft || Rfc6455Handshake.isGrantable(request);
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String target() {
        Object now = content;
        return now instanceof Decoded whole ? whole.target : PackedHeaders.target(text(now));
    }

    @Override
    public @Nullable String header(String name) {
        Object now = content;
        return now instanceof Decoded whole
                ? whole.headers.get(HeaderText.of(name))
                : PackedHeaders.header(text(now), name);
    }

    @Override
    public void forEachHeader(BiConsumer<String, String> visitor) {
        Object now = content;
        if (!(now instanceof Decoded whole)) {
            PackedHeaders.forEach(text(now), visitor);
            return;
        }
        Iterator<Map.Entry<String, String>> each = whole.headers.iteratorAsString();
        while (each.hasNext()) {
            Map.Entry<String, String> header = each.next();
            visitor.accept(header.getKey(), header.getValue());
        }
    }

    /**
     * Reduces the memory of this head, because a session keeps it (benchmark idle). Called on the event loop;
     * idempotent.
     */
    void pack() {
        if (content instanceof Decoded whole) {
            String text = PackedHeaders.pack(whole.target, whole.headers.iteratorCharSequence());
            content = whole.peer.read().isEmpty() ? text : new Certified(text, whole.peer);
        }
    }

    /** Returns the memory of a packed head, in bytes: most headers are Latin-1, with one byte for each character. */
    int packedBytes() {
        Object now = content;
        return OBJECTS + text(now).length() + peer(now).bytes();
    }

    private static String text(Object packed) {
        return packed instanceof Certified certified ? certified.text : (String) packed;
    }

    private static PeerCertificates peer(Object content) {
        if (content instanceof Decoded whole) {
            return whole.peer;
        }
        return content instanceof Certified certified ? certified.peer : PeerCertificates.NONE;
    }

    @Override
    public List<X509Certificate> peerCertificates() {
        return peer(content).read();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return remoteAddress;
    }

    @Override
    public boolean secure() {
        return secure;
    }

    @Override
    public boolean upgrade() {
        return upgrade;
    }

    @Override
    public boolean draft() {
        return draft;
    }

    /**
     * Returns the peer's address; loopback for a pipeline on a Unix socket or inside the process, whose peer is on this
     * machine.
     */
    private static InetSocketAddress remoteAddress(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress address
                ? address
                : new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }
}
