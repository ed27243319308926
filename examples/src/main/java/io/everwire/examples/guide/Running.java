package io.everwire.examples.guide;

import io.everwire.CookieOptions;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import java.util.function.Consumer;

/** A server in production. */
public final class Running {
    private Running() {}

    public static ServerOptions cookie() {
        // docs: running-cookie
        ServerOptions options =
                ServerOptions.builder().cookie(CookieOptions.DEFAULTS).build(); // io=…
        // docs: end
        return options;
    }

    public static void hooks(SocketIoServer server, Consumer<String> log) {
        // docs: running-hooks
        server.engine().onInitialHeaders((headers, request) -> headers.set("X-Served-By", "chat-1"));
        server.engine().onConnectionError(error -> log.accept(error.code() + " " + error.message()));
        // docs: end
    }
}
