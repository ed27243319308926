package io.everwire.conformance.wire;

import io.everwire.Host;
import io.everwire.LimitOptions;
import io.everwire.ServerObserver;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.netty.NettyHost;
import io.everwire.netty.NettyOptions;
import io.everwire.testkit.TestServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;

/** Creates servers whose limits are reached, and records what their observers receive. */
final class LimitProbe implements AutoCloseable {
    static final String WEB_SOCKET = "/socket.io/?EIO=4&transport=websocket";
    static final String POLLING = "/socket.io/?EIO=4&transport=polling";

    private final Collection<String> observed = new ConcurrentLinkedQueue<>();
    private final List<AutoCloseable> opened = new ArrayList<>();

    /** Returns the options that observers received. */
    Collection<String> observed() {
        return observed;
    }

    /** Returns a server in memory, whose handlers run at once. */
    TestServer server(UnaryOperator<ServerOptions.Builder> options) {
        TestServer server = TestServer.create(observed(options).build());
        opened.add(server);
        return server;
    }

    /** Returns a server in memory whose handlers never run. */
    TestServer blocked(UnaryOperator<ServerOptions.Builder> options) {
        TestServer server = TestServer.createThreaded(
                observed(options).handlerExecutor(task -> {}).build());
        opened.add(server);
        return server;
    }

    /** Returns a server in memory with these limits. */
    TestServer limited(UnaryOperator<LimitOptions.Builder> limits) {
        return server(
                options -> options.limits(limits.apply(LimitOptions.builder()).build()));
    }

    /** Opens a port and returns its number. */
    int port(UnaryOperator<ServerOptions.Builder> options, UnaryOperator<NettyOptions.Builder> host) {
        return port(
                options,
                NettyHost.builder()
                        .options(host.apply(NettyOptions.builder().workerThreads(1))
                                .build()));
    }

    /** Opens a port and returns its number. */
    int port(UnaryOperator<ServerOptions.Builder> options, NettyHost.Builder host) {
        SocketIoServer server = SocketIoServer.create(observed(options).build());
        Host bound = server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), host.build());
        opened.add(server);
        return bound.address().getPort();
    }

    /** Connects to a port. */
    Peer peer(int port) throws Exception {
        Peer peer = new Peer(port);
        opened.add(0, peer);
        return peer;
    }

    /** Opens a WebSocket on a port. */
    Peer webSocket(int port) throws Exception {
        return webSocket(port, "");
    }

    /** Opens a WebSocket on a port, with further headers. */
    Peer webSocket(int port, String headers) throws Exception {
        Peer peer = peer(port);
        peer.send("GET " + WEB_SOCKET + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n" + headers + "\r\n");
        peer.head();
        return peer;
    }

    /** Returns a masked frame of at most 65,535 bytes; the mask changes nothing. */
    static String frame(int first, String payload) {
        int length = payload.length();
        String size = length < 126
                ? "" + (char) (0x80 | length)
                : "" + (char) (0x80 | 126) + (char) (length >> 8) + (char) (length & 0xFF);
        return (char) first + size + "\0\0\0\0" + payload;
    }

    private ServerOptions.Builder observed(UnaryOperator<ServerOptions.Builder> options) {
        return options.apply(ServerOptions.builder()).observer(new ServerObserver() {
            @Override
            public void limitReached(String option) {
                observed.add(option);
            }
        });
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }
}
