package io.everwire.benchmarks.servers;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * The least cost of a server on Netty: answers with the request's own bytes, and knows neither JSON nor
 * Socket.IO, apart from the few characters that the load expects.
 */
public final class FloorServer {
    private FloorServer() {}

    /** Starts the server. With the first argument {@code JSON}, Jackson reads and writes each payload. */
    public static void main(String[] args) throws InterruptedException {
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        FloorRooms rooms = new FloorRooms();
        FloorJson json = args.length > 0 && args[0].equals("JSON") ? new FloorJson() : null;
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
        Ready.say(((InetSocketAddress) port.localAddress()).getPort());
    }
}
