package io.everwire.examples.guide;

import io.everwire.RecoveryOptions;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import java.time.Duration;
import java.util.function.Supplier;

/** Clients that lost their connection and come back. */
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
                socket.join("lobby"); // else it is there already
                socket.emit("state", currentState.get()); // else it was given all that happened
            }
        });
        // docs: end
    }
}
