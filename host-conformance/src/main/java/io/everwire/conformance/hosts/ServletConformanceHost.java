package io.everwire.conformance.hosts;

import io.everwire.Host;
import io.everwire.SocketIoServer;
import io.everwire.examples.ConformanceHost;
import io.everwire.servlet.ServletOptions;
import io.everwire.servlet.SocketIoFilter;
import io.everwire.servlet.TestContainer;
import io.everwire.servlet.TestContainer.Application;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Opens ports of a servlet container, which has the filter and an application that answers 404. */
abstract class ServletConformanceHost implements ConformanceHost {
    private final String name;
    private final TestContainer container;
    private final int threads;

    /** @param threads the smallest number with which the container works: more of them change the order of requests */
    ServletConformanceHost(String name, TestContainer container, int threads) {
        this.name = name;
        this.container = container;
        this.threads = threads;
    }

    @Override
    public final String name() {
        return name;
    }

    /** Messages are spaced by a {@link SpacingRelay}: a container has no pipeline for it. */
    @Override
    public final Host open(SocketIoServer server, InetSocketAddress address, boolean spaced) throws Exception {
        boolean relayed = spaced || !isLoopback(address.getAddress());
        ServletOptions options = ServletOptions.builder().eventLoops(1).build();
        Host opened = container.start(new Application()
                .threads(threads)
                .filter("socket.io", SocketIoFilter.create(server, options))
                .port(relayed ? 0 : address.getPort()));
        if (!relayed) {
            return opened;
        }
        try {
            return SpacingRelay.open(address, opened, spaced);
        } catch (Exception | Error e) {
            opened.close().join();
            throw e;
        }
    }

    private static boolean isLoopback(@Nullable InetAddress address) {
        return InetAddress.getLoopbackAddress().equals(address);
    }
}
