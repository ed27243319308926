package io.everwire.benchmarks.servers;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The members of each room, and the open polls. Used on the only event loop, except for {@link #known}. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures through the pipeline.
final class FloorRooms {
    private final Map<String, List<Channel>> rooms = new ConcurrentHashMap<>();
    private final Map<String, ChannelHandlerContext> polls = new HashMap<>();
    private final Map<String, ByteBuf> unheard = new HashMap<>();

    void join(String room, Channel channel) {
        List<Channel> members = rooms.computeIfAbsent(room, name -> new ArrayList<>());
        members.add(channel);
        channel.closeFuture().addListener(closed -> members.remove(channel));
    }

    /** Returns whether a client has joined a room. Any thread. */
    boolean known(String room) {
        return rooms.containsKey(room);
    }

    /** Writes the same bytes to all members; releases {@code bytes}. */
    void publish(String room, ByteBuf bytes) {
        for (Channel channel : rooms.getOrDefault(room, List.of())) {
            channel.writeAndFlush(bytes.retainedDuplicate(), channel.voidPromise());
        }
        bytes.release();
    }

    /** Answers a poll at once if its client has data; else keeps it open. */
    void poll(String client, ChannelHandlerContext ctx) {
        ByteBuf waiting = unheard.remove(client);
        if (waiting == null) {
            polls.put(client, ctx);
        } else {
            FloorHttp.reply(ctx, waiting);
        }
    }

    /** Answers the poll of a client with its own POST; releases {@code body}. */
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
