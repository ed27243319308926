package io.everwire.netty;

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

/** The head of a request as Netty decoded it. */
final class NettyRequestHead implements RequestHead {
    private final String method;
    private final InetSocketAddress remoteAddress;
    private final boolean secure;
    private final boolean upgrade;
    private final boolean draft;

    /** There once it is packed; then nothing is left of what was decoded. */
    private volatile @Nullable String packed;

    private volatile @Nullable Decoded decoded;

    private record Decoded(String target, HttpHeaders headers) {}

    /**
     * Nothing but the headers is kept of {@code request}, and these must not change any more.
     *
     * @param drafts whether WebSockets are granted to the drafts of 2010 too
     */
    NettyRequestHead(HttpRequest request, Channel channel, boolean drafts) {
        method = request.method().name();
        decoded = new Decoded(request.uri(), request.headers());
        remoteAddress = remoteAddress(channel);
        secure = channel.pipeline().get(SslHandler.class) != null;
        draft = drafts && HixieHandshake.isGrantable(request);
        upgrade = draft || WebSocketHandshaker.isGrantable(request);
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

    /** Takes less memory from now on: it is kept as long as a session lives. Called on the loop. */
    void pack() {
        Decoded whole = decoded;
        if (whole != null) {
            // In this order, for others may be reading.
            packed = PackedHeaders.pack(whole.target, whole.headers);
            decoded = null;
        }
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

    /** A pipeline of somebody else may stand on a Unix socket or inside the process: its peers are on this machine. */
    private static InetSocketAddress remoteAddress(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress address
                ? address
                : new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }
}
