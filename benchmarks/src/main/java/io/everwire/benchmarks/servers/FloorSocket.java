package io.everwire.benchmarks.servers;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The WebSocket of {@link FloorServer}. The frames of one read are unmasked in place and moved together, which makes
 * them the answer: it leaves in the same buffer with one write.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures through the pipeline.
final class FloorSocket extends ChannelInboundHandlerAdapter {
    private static final int CLOSE = 0x88;
    private static final int MASK = 4;

    private final FloorRooms rooms;
    private final String room;
    private final @Nullable FloorJson json;
    private ByteBuf rest = Unpooled.EMPTY_BUFFER;
    private boolean closing;

    /**
     * @param room the room that receives the frames; empty if the sender receives them
     * @param json reads and writes each payload; null if the bytes are sent back unread
     */
    FloorSocket(FloorRooms rooms, List<String> room, @Nullable FloorJson json) {
        this.rooms = rooms;
        this.room = room.get(0);
        this.json = json;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        if (rest.isReadable()) {
            in = ctx.alloc()
                    .buffer(rest.readableBytes() + in.readableBytes())
                    .writeBytes(rest)
                    .writeBytes((ByteBuf) message);
            rest.release();
            ((ByteBuf) message).release();
            rest = Unpooled.EMPTY_BUFFER;
        }
        int from = in.readerIndex();
        int to = turn(in);
        if (in.isReadable()) {
            rest = in.readBytes(in.readableBytes());
        }
        ByteBuf answer = in.setIndex(from, to);
        answer(ctx, json == null ? answer : json.rewritten(answer));
    }

    private void answer(ChannelHandlerContext ctx, ByteBuf answer) {
        if (!answer.isReadable()) {
            answer.release();
        } else if (closing) {
            ctx.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
        } else if (room.isEmpty() || joins(answer)) {
            ctx.writeAndFlush(answer, ctx.voidPromise());
        } else {
            rooms.publish(room, answer);
        }
    }

    /** Answers "40", the first packet of a client. */
    private static boolean joins(ByteBuf answer) {
        return answer.getByte(answer.readerIndex() + 2) == '4' && answer.getByte(answer.readerIndex() + 3) == '0';
    }

    /** Unmasks frames in place, shorter by their masks; returns the end of the result. */
    private int turn(ByteBuf in) {
        int out = in.readerIndex();
        while (in.readableBytes() >= 2 + MASK) {
            int at = in.readerIndex();
            int type = in.getUnsignedByte(at);
            int length = in.getByte(at + 1) & 0x7F;
            int head = length == 126 ? 4 : 2;
            length = length == 126 ? in.getUnsignedShort(at + 2) : length;
            if (in.readableBytes() < head + MASK + length) {
                break;
            }
            int mask = in.getInt(at + head);
            in.skipBytes(head + MASK + length);
            boolean upgrade = length == 1 && (in.getByte(at + head + MASK) ^ (mask >>> 24)) == '5';
            if (!upgrade) {
                in.setByte(out, type);
                if (head == 4) {
                    in.setByte(out + 1, 126);
                    in.setShort(out + 2, length);
                } else {
                    in.setByte(out + 1, length);
                }
                unmask(in, at + head + MASK, out + head, length, mask);
                out += head + length;
                closing |= type == CLOSE;
            }
        }
        return out;
    }

    private static void unmask(ByteBuf bytes, int from, int to, int length, int mask) {
        long both = ((long) mask << 32) | (mask & 0xFFFFFFFFL);
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            bytes.setLong(to + i, bytes.getLong(from + i) ^ both);
        }
        for (; i < length; i++) {
            bytes.setByte(to + i, bytes.getByte(from + i) ^ (mask >>> (24 - 8 * (i & 3))));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        rest.release();
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
