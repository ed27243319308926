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
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The head of a request as Netty decoded it. */
final class NettyHead implements RequestHead {
    private final String method;
    private final String target;
    private final InetSocketAddress remoteAddress;
    private final boolean secure;
    private final boolean upgrade;
    private final boolean draft;

    /** Until they are packed; then {@link #packed} has them. */
    private volatile @Nullable HttpHeaders headers;

    private volatile PackedHeaders packed = PackedHeaders.NONE;

    /**
     * Nothing but the headers is kept of {@code request}, and these must not change any more.
     *
     * @param drafts whether WebSockets are granted to the drafts of 2010 too
     */
    NettyHead(HttpRequest request, Channel channel, boolean drafts) {
        method = request.method().name();
        target = request.uri();
        headers = request.headers();
        remoteAddress = remoteAddress(channel);
        secure = channel.pipeline().get(SslHandler.class) != null;
        draft = drafts && DraftUpgrade.isGrantable(request);
        upgrade = draft || WebSocketUpgrade.isGrantable(request);
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String target() {
        return target;
    }

    @Override
    public @Nullable String header(String name) {
        HttpHeaders decoded = headers;
        return decoded == null ? packed.get(name) : decoded.get(name);
    }

    @Override
    public void forEachHeader(BiConsumer<String, String> visitor) {
        HttpHeaders decoded = headers;
        if (decoded == null) {
            packed.forEach(visitor);
            return;
        }
        Iterator<Map.Entry<String, String>> each = decoded.iteratorAsString();
        while (each.hasNext()) {
            Map.Entry<String, String> header = each.next();
            visitor.accept(header.getKey(), header.getValue());
        }
    }

    /** Takes less memory from now on: it is kept as long as a session lives. Called on the loop. */
    void pack() {
        HttpHeaders decoded = headers;
        if (decoded != null) {
            // In this order, for others may be reading.
            packed = PackedHeaders.of(decoded);
            headers = null;
        }
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
