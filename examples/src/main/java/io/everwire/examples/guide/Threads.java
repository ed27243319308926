package io.everwire.examples.guide;

import io.everwire.HandlerMode;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Threads of handlers, and emits of other threads. */
@SuppressWarnings("FutureReturnValueIgnored") // failures are logged
public final class Threads {
    private Threads() {}

    public static void blocking(SocketIoServer server, Function<String, String> database) {
        // docs: threads-blocking
        server.onCall("find", String.class, (socket, name) -> database.apply(name)); // blocks this socket only
        // docs: end
    }

    public static void asking(SocketIoServer server) {
        // docs: threads-asking
        server.on("delete", String.class, (socket, file) -> {
            Boolean sure = socket.call("sure?", Boolean.class, file).join(); // a handler may wait for its own client
            socket.emit(Boolean.TRUE.equals(sure) ? "deleted" : "kept", file); // null: an empty ack
        });
        // docs: end
    }

    public static void later(SocketIoServer server, Function<String, CompletableFuture<String>> database) {
        // docs: threads-later
        server.onCall(
                "find later", String.class, (socket, name) -> database.apply(name)); // the next event does not wait
        // docs: end
    }

    public static void anyThread(SocketIoServer server, ScheduledExecutorService timer) {
        // docs: threads-any
        timer.scheduleAtFixedRate(() -> server.emit("time", Instant.now().toString()), 0, 1, TimeUnit.SECONDS);
        // docs: end
    }

    public static ServerOptions eventLoop() {
        // docs: threads-loop
        ServerOptions options =
                ServerOptions.builder().handlerMode(HandlerMode.EVENT_LOOP).build();
        // docs: end
        return options;
    }

    public static ServerOptions ownThreads(ExecutorService threads) {
        // docs: threads-own
        ServerOptions options = ServerOptions.builder().handlerExecutor(threads).build(); // close it yourself
        // docs: end
        return options;
    }
}
