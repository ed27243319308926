package io.everwire.netty;

import io.everwire.engine.PackedHeaders;
import io.everwire.protocol.RequestHead;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
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

    /** The target and the headers as one text, since {@link #pack}; {@link #decoded} is null then. */
    private volatile @Nullable String packed;

    private volatile @Nullable Decoded decoded;

    private record Decoded(String target, HttpHeaders headers) {}

    /**
     * Keeps the headers of {@code request}, which must not change any more, and nothing else of it.
     *
     * @param drafts whether requests of hixie-75 and hixie-76 count as requests for a WebSocket
     */
    NettyRequestHead(HttpRequest request, Channel channel, boolean drafts) {
        method = request.method().name();
        decoded = new Decoded(request.uri(), request.headers());
        remoteAddress = remoteAddress(channel);
        secure = channel.pipeline().get(SslHandler.class) != null;
        draft = drafts && HixieHandshake.isGrantable(request);
        upgrade = draft || Rfc6455Handshake.isGrantable(request);
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String target() {
        Decoded whole = decoded;
        return whole == null ? PackedHeaders.target(text()) : whole.target;
    }

    @Override
    public @Nullable String header(String name) {
        Decoded whole = decoded;
        return whole == null ? PackedHeaders.header(text(), name) : whole.headers.get(name);
    }

    @Override
    public void forEachHeader(BiConsumer<String, String> visitor) {
        Decoded whole = decoded;
        if (whole == null) {
            PackedHeaders.forEach(text(), visitor);
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
        Decoded whole = decoded;
        if (whole != null) {
            // In this order: other threads may be reading.
            packed = PackedHeaders.pack(whole.target, whole.headers.iteratorCharSequence());
            decoded = null;
        }
    }

    /** Returns the memory of a packed head, in bytes: most headers are Latin-1, with one byte for each character. */
    int packedBytes() {
        return OBJECTS + text().length();
    }

    private String text() {
        return Objects.requireNonNull(packed);
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
