package io.everwire.benchmarks.attack;

import java.util.concurrent.CompletableFuture;

/** Names that clients choose and the server keeps. */
enum Names implements Shape {
    ROOMS("long-rooms", "rooms with names of 900 KB") {
        @Override
        public void attack(Scene scene) throws InterruptedException {
            String filling = "x".repeat(900_000);
            int rooms = scene.megabytes() * 5 / 4;
            scene.each(
                    (rooms + ROOMS_EACH - 1) / ROOMS_EACH,
                    4,
                    i -> Client.join(scene.network(), scene.port(), Wire.EIO4, "")
                            .thenCompose(client -> {
                                for (int room = 0; room < ROOMS_EACH; room++) {
                                    client.say(Wire.EIO4.event("join", "\"" + i + " " + room + filling + "\""));
                                }
                                return scene.network().after(200).thenApply(over -> client);
                            }));
            scene.pause(scene.sized(5_000, 1_500));
        }
    },
    NAMESPACES("dynamic-namespaces", "clients that create all dynamic namespaces and leave") {
        @Override
        public TargetOptions options(TargetOptions defaults) {
            // The limit of the defaults would need 3,125 clients.
            return defaults.withMaxDynamicNamespaces(1_000);
        }

        @Override
        public void attack(Scene scene) throws InterruptedException {
            scene.each(
                    CREATORS,
                    8,
                    i -> Client.join(scene.network(), scene.port(), Wire.EIO4, "")
                            .thenCompose(client -> create(scene, client, i)));
            scene.pause(500);
            for (Client late : scene.join(1, Wire.EIO4, "")) {
                late.say("40/dyn-late,");
                String answer = late.next(Watch.PATIENT_MILLIS);
                scene.bound(
                        answer != null && answer.startsWith("40/dyn-late,"),
                        "a client that comes later gets no namespace: " + answer);
            }
        }

        private CompletableFuture<Client> create(Scene scene, Client client, int number) {
            for (int i = 0; i < NAMESPACES_EACH; i++) {
                client.say("40/dyn-" + number + "-" + i + ",");
            }
            return scene.network().after(300).thenApply(over -> {
                client.connection().reset();
                return client;
            });
        }
    };

    private static final int ROOMS_EACH = 10;
    private static final int CREATORS = 40;
    private static final int NAMESPACES_EACH = 31;
    private final String label;
    private final String description;

    Names(String label, String description) {
        this.label = label;
        this.description = description;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public String description() {
        return description;
    }
}
