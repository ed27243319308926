package io.everwire.netty;

import io.everwire.engine.LogSanitizer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one file: reads a piece on a file thread, writes it on the event loop, and reads the next one when the socket
 * took it. A client that reads slowly occupies the memory of one piece and no thread, and is closed if it takes none
 * for {@link NettyOptions.Builder#keepAliveTimeout}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures through the pipeline.
final class FileSender {
    private static final Logger log = LoggerFactory.getLogger(FileSender.class);

    /** The bytes that are read at once. */
    private static final int PIECE = 64 * 1024;

    private final ChannelHandlerContext ctx;
    private final Path file;
    private final NettyOptions options;
    private final BiConsumer<ChannelHandlerContext, Runnable> fileThread;

    /** The bytes that are not read yet. Changes on one thread at a time: each piece follows the one before. */
    private long remaining;

    private @Nullable FileChannel source;

    /**
     * @param length the length of the file that the head announces
     * @param fileThread runs tasks that may block
     */
    FileSender(
            ChannelHandlerContext ctx,
            Path file,
            long length,
            NettyOptions options,
            BiConsumer<ChannelHandlerContext, Runnable> fileThread) {
        this.ctx = ctx;
        this.file = file;
        this.remaining = length;
        this.options = options;
        this.fileThread = fileThread;
    }

    /** Sends the file behind the head, which announces its length. Called on the event loop. */
    void send(HttpResponse head) {
        fileThread.accept(ctx, () -> {
            try {
                source = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
                ByteBuf first = read();
                ctx.executor().execute(() -> {
                    ctx.write(new DefaultHttpResponse(head.protocolVersion(), head.status(), head.headers()));
                    write(first);
                });
            } catch (IOException e) {
                fail(e);
            }
        });
    }

    private ByteBuf read() throws IOException {
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, remaining));
        while (piece.hasRemaining()) {
            if (source == null || source.read(piece) < 0) {
                throw new IOException("the file became shorter while it was sent");
            }
        }
        remaining -= piece.position();
        if (remaining == 0) {
            close();
        }
        return Unpooled.wrappedBuffer(piece.flip());
    }

    private void write(ByteBuf piece) {
        if (remaining == 0) {
            ctx.writeAndFlush(new DefaultLastHttpContent(piece));
            return;
        }
        Future<?> stalled = ctx.executor()
                .schedule(() -> ctx.close(), options.keepAliveTimeout().toMillis(), TimeUnit.MILLISECONDS);
        ctx.writeAndFlush(new DefaultHttpContent(piece)).addListener(written -> {
            stalled.cancel(false);
            if (written.isSuccess()) {
                fileThread.accept(ctx, this::next);
            } else {
                close();
            }
        });
    }

    private void next() {
        try {
            ByteBuf piece = read();
            ctx.executor().execute(() -> write(piece));
        } catch (IOException e) {
            fail(e);
        }
    }

    /** Closes the connection: the client sees that the response is not complete. */
    private void fail(IOException e) {
        log.debug("a file was not sent: {}", LogSanitizer.of(e));
        close();
        ctx.close();
    }

    private void close() {
        FileChannel open = source;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                log.debug("a file could not be closed: {}", LogSanitizer.of(e));
            }
        }
    }
}
