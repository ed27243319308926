package io.everwire.examples.guide;

import io.everwire.Host;
import io.everwire.SocketIoServer;
import io.everwire.netty.FlashPolicyServer;
import io.everwire.netty.NettyHost;
import io.everwire.netty.NettyOptions;
import io.everwire.netty.SocketIoHandler;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetSocketAddress;

/** Everwire and a Netty application on one port. */
public final class Pipelines {
    private Pipelines() {}

    /** In a pipeline that the application owns. */
    public static ChannelInitializer<Channel> yours(SocketIoServer sockets, ChannelHandler yourOwnHandler) {
        // docs: pipeline
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new HttpServerCodec());
                channel.pipeline().addLast(SocketIoHandler.create(sockets)); // this line is new
                channel.pipeline().addLast(yourOwnHandler);
            }
        };
        // docs: end
    }

    /** On a port that Everwire owns. */
    public static Host ours(SocketIoServer sockets, ChannelHandler yourOwnHandler, int port) {
        // docs: application
        NettyHost host = NettyHost.builder()
                .application(pipeline -> pipeline.addLast(yourOwnHandler))
                .build();
        Host bound = sockets.bind(new InetSocketAddress(port), host);
        // docs: end
        return bound;
    }

    /** For pages with a Flash client. */
    public static Host flash(SocketIoServer server, InetSocketAddress address) {
        NettyHost.Builder host = NettyHost.builder();
        // docs: flash
        host.options(NettyOptions.builder()
                .flashPolicy(true) // on the server's port, before any HTTP
                .flashPolicyPort(FlashPolicyServer.PORT) // on port 843
                .build());
        // docs: end
        return server.bind(address, host.build());
    }
}
