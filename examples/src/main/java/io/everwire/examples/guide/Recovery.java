package io.everwire.examples.guide;

import io.everwire.RecoveryOptions;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import java.time.Duration;
import java.util.function.Supplier;

/** Clients that lose their connection and reconnect. */
public final class Recovery {
    private Recovery() {}

    public static ServerOptions options() {
        // docs: recovery
        ServerOptions options = ServerOptions.builder()
                .connectionStateRecovery(RecoveryOptions.builder()
                        .maxDisconnectionDuration(Duration.ofMinutes(2)) // the default
                        .build())
                .build();
        // docs: end
        return options;
    }

    public static void goOn(SocketIoServer server, Supplier<Object> currentState) {
        // docs: recovery-connection
        server.onConnection(socket -> {
            if (!socket.recovered()) {
                socket.join("lobby"); // a recovered socket is in its rooms already
                socket.emit("state", currentState.get()); // a recovered client received the missed events
            }
        });
        // docs: end
    }
}
