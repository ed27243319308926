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

/** Where handlers run, and from where one may emit. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails is told or logged
public final class Threads {
    private Threads() {}

    public static void blocking(SocketIoServer server, Function<String, String> database) {
        // docs: threads-blocking
        server.onCall("find", String.class, (socket, name) -> database.apply(name)); // takes a while: nobody else waits
        // docs: end
    }

    public static void asking(SocketIoServer server) {
        // docs: threads-asking
        server.on("delete", String.class, (socket, file) -> {
            boolean sure = socket.call("sure?", Boolean.class, file).join(); // may wait for its own client
            socket.emit(sure ? "deleted" : "kept", file);
        });
        // docs: end
    }

    public static void later(SocketIoServer server, Function<String, CompletableFuture<String>> database) {
        // docs: threads-later
        server.onCall(
                "find later", String.class, (socket, name) -> database.apply(name)); // the next event need not wait
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
        ServerOptions options = ServerOptions.builder().handlerExecutor(threads).build(); // yours to shut down
        // docs: end
        return options;
    }
}
