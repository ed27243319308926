package io.everwire.netty;

import io.everwire.Host;
import io.everwire.engine.Engine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A port of 127.0.0.1 for a bare engine: what tests in other packages start. */
public final class EnginePort {
    private EnginePort() {}

    /** A port with nothing beside the engine, so that every other request is answered 404. */
    public static Host bind(Engine engine, int workerThreads) throws IOException {
        return NettyServer.builder(engine)
                .options(NettyOptions.builder().workerThreads(workerThreads).build())
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }
}
