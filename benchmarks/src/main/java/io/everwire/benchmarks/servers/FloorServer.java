package io.everwire.benchmarks.servers;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The least cost of a server on Netty: answers with the request's own bytes, and knows neither JSON nor
 * Socket.IO, apart from the few characters that the load expects.
 */
public final class FloorServer {
    private FloorServer() {}

    /** Starts the server. With the first argument {@code JSON}, Jackson reads and writes each payload. */
    public static void main(String[] args) throws InterruptedException {
        FloorJson json = args.length > 0 && args[0].equals("JSON") ? new FloorJson() : null;
        Ready.say(open(loop(), new FloorRooms(), json));
    }

    /** Returns the only event loop of a server. */
    static EventLoop loop() {
        return (EventLoop) new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory()).next();
    }

    /** Opens a port, whose number it returns. */
    static int open(EventLoop loop, FloorRooms rooms, @Nullable FloorJson json) throws InterruptedException {
        Channel port = new ServerBootstrap()
                .group(loop)
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 4096)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new HttpServerCodec(), new FloorHttp(rooms, json));
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
        return ((InetSocketAddress) port.localAddress()).getPort();
    }
}
