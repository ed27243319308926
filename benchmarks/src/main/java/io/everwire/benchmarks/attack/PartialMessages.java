package io.everwire.benchmarks.attack;

import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Messages of nearly a megabyte, each without its end, on connections without a login. */
enum PartialMessages implements Shape {
    FRAME("partial-frames", "WebSocket messages of 999 KB without their last byte") {
        @Override
        CompletableFuture<RawConnection> open(Scene scene, int i) {
            return Client.open(scene.network(), scene.port(), Scene.wire(i), "", 0)
                    .thenApply(connection -> connection
                            .send(Frame.head(Frame.FIN | Frame.TEXT, LENGTH))
                            .send(Unpooled.wrappedBuffer(FILLING, 0, LENGTH - 1)));
        }
    },
    FRAGMENTS("partial-fragments", "fragments of 100 KB, without the last one") {
        @Override
        CompletableFuture<RawConnection> open(Scene scene, int i) {
            return Client.open(scene.network(), scene.port(), Scene.wire(i), "", 0)
                    .thenApply(connection -> {
                        for (int sent = 0; sent + FRAGMENT < LENGTH; sent += FRAGMENT) {
                            connection
                                    .send(Frame.head(sent == 0 ? Frame.TEXT : Frame.CONTINUATION, FRAGMENT))
                                    .send(Unpooled.wrappedBuffer(FILLING, 0, FRAGMENT));
                        }
                        return connection;
                    });
        }
    },
    BODY("partial-bodies", "POSTs of 999 KB without their last byte") {
        @Override
        CompletableFuture<RawConnection> open(Scene scene, int i) {
            Wire wire = Scene.wire(i);
            return Client.handshake(scene.network(), scene.port(), wire, "", "")
                    .thenCompose(sid -> scene.network()
                            .connect(scene.port())
                            .thenApply(connection -> connection
                                    .send(RawConnection.postHead(wire.post(sid), wire.contentType(), LENGTH))
                                    .send(Unpooled.wrappedBuffer(FILLING, 0, LENGTH - 1))));
        }
    },
    ATTACHMENT("partial-attachments", "events with two attachments, of which the first, 999 KB, arrives") {
        @Override
        CompletableFuture<RawConnection> open(Scene scene, int i) {
            // Clients before 1.0 send no attachments.
            Wire wire = i % 2 == 0 ? Wire.EIO4 : Wire.EIO3;
            return Client.join(scene.network(), scene.port(), wire, "")
                    .thenApply(client -> client.connection()
                            .say("452-[\"echo\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]")
                            .send(Frame.head(Frame.FIN | Frame.BINARY, LENGTH))
                            // In Engine.IO 3 the first byte of a binary message is its type.
                            .send(Unpooled.wrappedBuffer(wire == Wire.EIO3 ? ATTACHED : FILLING, 0, LENGTH)));
        }
    },
    EARLY_ATTACHMENT("early-attachments", "attachments of 999 KB before CONNECT") {
        @Override
        CompletableFuture<RawConnection> open(Scene scene, int i) {
            return Client.open(scene.network(), scene.port(), Wire.EIO4, "", 0)
                    .thenApply(connection -> connection
                            .say(
                                    "452-/x,[\"echo\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]")
                            .send(Frame.head(Frame.FIN | Frame.BINARY, LENGTH))
                            .send(Unpooled.wrappedBuffer(FILLING, 0, LENGTH)));
        }
    },
    AUTH("auth", "CONNECT to several namespaces, each with 999 KB of auth") {
        @Override
        CompletableFuture<RawConnection> open(Scene scene, int i) {
            return Client.open(scene.network(), scene.port(), Wire.EIO4, "", 0).thenApply(connection -> {
                for (String namespace : List.of("", "/dyn-1,", "/dyn-2,")) {
                    byte[] head = Wire.utf8("40" + namespace + "{\"token\":\"");
                    byte[] tail = Wire.utf8("\"}");
                    connection
                            .send(Frame.head(Frame.FIN | Frame.TEXT, LENGTH))
                            .send(Unpooled.wrappedBuffer(head))
                            .send(Unpooled.wrappedBuffer(FILLING, 0, LENGTH - head.length - tail.length))
                            .send(Unpooled.wrappedBuffer(tail));
                }
                return connection;
            });
        }
    };

    private static final int LENGTH = 999_000;
    private static final int FRAGMENT = 100_000;
    private static final byte[] FILLING = new byte[LENGTH];
    private static final byte[] ATTACHED = new byte[LENGTH];

    static {
        java.util.Arrays.fill(FILLING, (byte) 'x');
        java.util.Arrays.fill(ATTACHED, (byte) 'x');
        ATTACHED[0] = 4;
    }

    private final String label;
    private final String description;

    PartialMessages(String label, String description) {
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

    /** Opens a connection and sends its part of a message. */
    abstract CompletableFuture<RawConnection> open(Scene scene, int i);

    @Override
    public void attack(Scene scene) throws InterruptedException {
        scene.each(scene.megabytes(), i -> open(scene, i));
        scene.pause(scene.sized(5_000, 1_500));
    }
}
