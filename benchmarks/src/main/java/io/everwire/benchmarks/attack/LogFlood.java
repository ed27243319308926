package io.everwire.benchmarks.attack;

import java.util.concurrent.CompletableFuture;

/** Attempts to fill the log, and to write lines of one's own into it. */
enum LogFlood implements Shape {
    FAILURES("failing-handlers", "events of 90 KB whose handler fails with their text in its message") {
        @Override
        CompletableFuture<RawConnection> send(Scene scene, int i) {
            String event = "42[\"fail\",\"\\n" + Target.FORGED + "x".repeat(90_000) + "\"]";
            return say(scene, event, 10);
        }
    },
    NUMBERS("huge-numbers", "numbers such as 1e2147483648 for a handler that wants a BigDecimal") {
        @Override
        CompletableFuture<RawConnection> send(Scene scene, int i) {
            return say(scene, "42[\"number\",1e2147483648]", 100);
        }
    },
    ARGUMENTS("wrong-arguments", "texts with line ends for a handler that wants a BigDecimal") {
        @Override
        CompletableFuture<RawConnection> send(Scene scene, int i) {
            return say(scene, "42[\"number\",\"\\n" + Target.FORGED + "x".repeat(1_000) + "\"]", 100);
        }
    },
    VIOLATIONS("violations", "connections that violate the protocol at once") {
        @Override
        CompletableFuture<RawConnection> send(Scene scene, int i) {
            return Client.open(scene.network(), scene.port(), Scene.wire(i), "", 0)
                    .thenApply(connection -> connection
                            .say("4\n" + Target.FORGED + "x".repeat(1_000))
                            .send(Frame.of(0xF3, Wire.utf8("\n" + Target.FORGED))));
        }
    },
    REQUESTS("wrong-requests", "requests that the server rejects, with line ends in their escapes") {
        @Override
        CompletableFuture<RawConnection> send(Scene scene, int i) {
            return scene.network()
                    .connect(scene.port())
                    .thenCompose(connection -> connection
                            .ask(RawConnection.get(
                                    "/socket.io/?EIO=9&transport=%0A" + Target.FORGED + "&sid=%0A" + Target.FORGED,
                                    "Origin: http://%0A" + Target.FORGED + ".example\r\n"))
                            .thenApply(response -> connection));
        }
    };

    private static final int CLIENTS = 2_000;
    private static final int BRIEF_CLIENTS = 100;
    private final String label;
    private final String description;

    LogFlood(String label, String description) {
        this.label = label;
        this.description = description;
    }

    /** Connects one client and sends what is to be logged. */
    abstract CompletableFuture<RawConnection> send(Scene scene, int i);

    static CompletableFuture<RawConnection> say(Scene scene, String event, int times) {
        return Client.join(scene.network(), scene.port(), Wire.EIO4, "").thenApply(client -> {
            for (int i = 0; i < times; i++) {
                client.say(event);
            }
            return client.connection();
        });
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public void attack(Scene scene) throws InterruptedException {
        scene.each(scene.sized(CLIENTS, BRIEF_CLIENTS), 16, i -> send(scene, i));
        scene.pause(scene.sized(5_000, 1_500));
        scene.bound(!scene.target().isForged(), "a client has written a line into the log");
    }
}
