package io.everwire.examples.guide;

import io.everwire.CloseReason;
import io.everwire.CookieOptions;
import io.everwire.DropReason;
import io.everwire.ServerCounters;
import io.everwire.ServerObserver;
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

    public static void counters(SocketIoServer server, Consumer<String> log) {
        // docs: running-counters
        ServerCounters counters = server.counters();
        log.accept(counters.sessions() + " sessions, " + counters.sockets() + " sockets");
        log.accept(counters.sessions("eio4", "websocket") + " of today's clients with a WebSocket");
        log.accept(counters.sessionsByTransport().get("eio4") + " by transport");
        log.accept(
                counters.socketsByNamespace() + " by namespace, and " + counters.dynamicSockets() + " in dynamic ones");
        log.accept(counters.queuedBytes() + " bytes queued for slow clients");
        // docs: end
    }

    public static ServerOptions observer(Consumer<String> counter) {
        // docs: running-observer
        ServerOptions options = ServerOptions.builder()
                .observer(new ServerObserver() {
                    @Override
                    public void opened(String generation) {
                        counter.accept("opened " + generation);
                    }

                    @Override
                    public void closed(String generation, CloseReason reason) {
                        counter.accept("closed " + generation + ", " + reason);
                    }

                    @Override
                    public void dropped(DropReason reason) {
                        counter.accept("dropped " + reason);
                    }

                    @Override
                    public void handled(String namespace, String event, Outcome outcome, long nanos) {
                        counter.accept("handled " + outcome); // without the event: clients choose its name
                    }
                })
                .build();
        // docs: end
        return options;
    }
}
