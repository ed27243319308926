package io.everwire.netty;

import io.everwire.Host;
import io.everwire.engine.Engine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Binds an engine to a port of 127.0.0.1, for tests in other packages. */
public final class EnginePort {
    private EnginePort() {}

    /** Binds a port without an application, so that all requests which are not the engine's are answered 404. */
    public static Host bind(Engine engine, int workerThreads) throws IOException {
        return NettyServer.builder(engine)
                .options(NettyOptions.builder().workerThreads(workerThreads).build())
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }
}
