package io.everwire.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Notes reads before the HTTP codec of a {@link NettyServer}: the codec passes on nothing before a head is complete, so
 * that half a head would occupy a connection unnoticed.
 */
final class ReadActivityHandler extends ChannelInboundHandlerAdapter {
    private final Supplier<HttpConnection> connection;

    /** The bytes of the current read, which begin at {@link #start}, or null outside of a read. */
    private @Nullable ByteBuf current;

    private int start;

    /** @param connection asked when a read arrives: it is created when the handler behind the codec is added */
    ReadActivityHandler(Supplier<HttpConnection> connection) {
        this.connection = connection;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        HttpConnection known = connection.get();
        int bytes = message instanceof ByteBuf buffer ? buffer.readableBytes() : 0;
        known.timeouts().readBegins();
        if (message instanceof ByteBuf buffer) {
            // Without an object for each read: the position is the only state of the buffer that the codec changes.
            current = buffer.retain();
            start = buffer.readerIndex();
        }
        try {
            ctx.fireChannelRead(message);
        } finally {
            if (current != null) {
                current.release();
                current = null;
            }
        }
        known.timeouts().readEnds();
        known.bytesRead(bytes);
    }

    /**
     * Has the rest of a head searched that the codec cannot read: the bytes of the current read, and later ones. Called
     * on the event loop, from inside a read.
     *
     * @param found receives the headers
     * @param then called when the head ended or the search did
     * @return false if the pipeline is not one of a port; then nothing is searched
     */
    static boolean search(ChannelPipeline pipeline, HttpHeaders found, Runnable then) {
        ReadActivityHandler reads = pipeline.get(ReadActivityHandler.class);
        if (reads == null) {
            return false;
        }
        HeadSearch search = new HeadSearch(found, then);
        pipeline.addAfter(pipeline.context(reads).name(), null, search);
        ByteBuf read = reads.current;
        if (read != null) {
            search.search(read.slice(reads.start, read.writerIndex() - reads.start));
        }
        return true;
    }

    /**
     * Removes the handler because the application's protocol takes the connection over. That protocol expects the
     * peer's end to be the end of the connection, as Netty does by default.
     */
    static void leave(ChannelHandlerContext ctx) {
        ctx.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
        ctx.pipeline().remove(ReadActivityHandler.class);
    }
}
