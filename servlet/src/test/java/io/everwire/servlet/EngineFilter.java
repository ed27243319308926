package io.everwire.servlet;

import io.everwire.engine.Engine;

/** Creates filters of an engine without a server, for tests in other packages and modules. */
public final class EngineFilter {
    private EngineFilter() {}

    public static SocketIoFilter create(Engine engine, ServletOptions options) {
        return SocketIoFilter.create(engine, options);
    }
}
