package io.everwire.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;

/**
 * Finds the headers behind a line that is too long, so that the page that sent it may read the rejection: its browser
 * shows it a response only if that names its origin. Netty's codec reads no further. Stands before the codec, and keeps
 * one line at most.
 */
final class HeadSearch extends ChannelInboundHandlerAdapter {
    /** A longer line is no header that the server needs here. */
    private static final int LONGEST = 1024;

    /** The bytes after which the search ends without result. */
    private static final int MOST = 256 * 1024;

    private final HttpHeaders found;
    private final Runnable then;
    private final byte[] line = new byte[LONGEST];
    private int length;
    private int seen;

    /** The current line is too long, or its beginning is unknown. */
    private boolean skipping = true;

    private boolean finished;

    /**
     * @param found receives the headers
     * @param then called once, on the event loop, when the head ended or the search did
     */
    HeadSearch(HttpHeaders found, Runnable then) {
        this.found = found;
        this.then = then;
    }

    /** Returns whether a search was begun in a pipeline. */
    static boolean isIn(ChannelPipeline pipeline) {
        return pipeline.get(HeadSearch.class) != null;
    }

    /** Ends the search in a pipeline, if one was begun. */
    static void finish(ChannelPipeline pipeline) {
        HeadSearch search = pipeline.get(HeadSearch.class);
        if (search != null) {
            search.finish();
        }
    }

    /** Searches bytes, from inside a line. */
    void search(ByteBuf bytes) {
        for (int i = bytes.readerIndex(); i < bytes.writerIndex() && !finished; i++) {
            add(bytes.getByte(i));
        }
    }

    private void add(byte next) {
        seen++;
        if (next == '\n') {
            boolean empty = !skipping && length <= 1;
            endLine();
            if (empty) {
                finish();
            }
        } else if (length == LONGEST) {
            skipping = true;
        } else if (!skipping) {
            line[length] = next;
            length++;
        }
        if (seen > MOST) {
            finish();
        }
    }

    private void endLine() {
        AsciiString text = new AsciiString(line, 0, skipping ? 0 : length, false);
        int colon = text.indexOf(":");
        if (colon > 0) {
            String value = new String(line, colon + 1, length - colon - 1, StandardCharsets.ISO_8859_1).trim();
            try {
                found.add(text.subSequence(0, colon, true), value);
            } catch (IllegalArgumentException noHeader) {
                // The request is rejected anyway.
                finish();
            }
        }
        skipping = false;
        length = 0;
    }

    /** Ends the search with the headers found until now. */
    private void finish() {
        if (!finished) {
            finished = true;
            then.run();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof ByteBuf bytes) {
                search(bytes);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            finish();
        }
        ctx.fireUserEventTriggered(event);
    }
}
