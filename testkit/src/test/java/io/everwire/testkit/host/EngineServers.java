package io.everwire.testkit.host;

import io.everwire.SocketIoServer;
import io.everwire.engine.Engine;

/** Creates servers that have only an engine, for hosts that are given a server. */
public final class EngineServers {
    private EngineServers() {}

    /** Returns a server of which only the engine works; see {@link EchoServer#server}. */
    public static SocketIoServer of(Engine engine) {
        return new BareServer(engine).server();
    }
}
