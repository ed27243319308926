package io.everwire.benchmarks.servers;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who hears whom, and whose poll waits. Used on the one loop only. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells failures through the pipeline.
final class FloorRooms {
    private final Map<String, List<Channel>> rooms = new HashMap<>();
    private final Map<String, ChannelHandlerContext> polls = new HashMap<>();
    private final Map<String, ByteBuf> unheard = new HashMap<>();

    void join(String room, Channel channel) {
        List<Channel> members = rooms.computeIfAbsent(room, name -> new ArrayList<>());
        members.add(channel);
        channel.closeFuture().addListener(closed -> members.remove(channel));
    }

    /** Writes the same bytes to everybody; {@code bytes} is used up. */
    void publish(String room, ByteBuf bytes) {
        for (Channel channel : rooms.getOrDefault(room, List.of())) {
            channel.writeAndFlush(bytes.retainedDuplicate(), channel.voidPromise());
        }
        bytes.release();
    }

    /** A poll waits, unless there is something for it already. */
    void poll(String client, ChannelHandlerContext ctx) {
        ByteBuf waiting = unheard.remove(client);
        if (waiting == null) {
            polls.put(client, ctx);
        } else {
            FloorHttp.reply(ctx, waiting);
        }
    }

    /** What was posted is the answer to the poll of the same client; {@code body} is used up. */
    void post(String client, ByteBuf body) {
        ChannelHandlerContext poll = polls.remove(client);
        if (poll == null) {
            ByteBuf before = unheard.put(client, body);
            if (before != null) {
                before.release();
            }
        } else {
            FloorHttp.reply(poll, body);
        }
    }
}
