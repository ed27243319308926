package io.everwire.core;

import io.everwire.ProxyOptions;
import io.everwire.ServerOptions;
import io.everwire.ServerProvider;
import io.everwire.SocketIoServer;

/** Creates servers. Found by {@link java.util.ServiceLoader}. */
public final class CoreServerProvider implements ServerProvider {
    /** For {@link java.util.ServiceLoader}. */
    public CoreServerProvider() {}

    @Override
    public SocketIoServer create(ServerOptions options) {
        return CoreServer.create(options);
    }

    @Override
    public void validate(ServerOptions options) {
        EngineConfiguration.validate(options);
    }

    @Override
    public void validate(ProxyOptions options) {
        EngineConfiguration.proxies(options);
    }
}
