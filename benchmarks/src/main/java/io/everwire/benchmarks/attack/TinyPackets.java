package io.everwire.benchmarks.attack;

import io.everwire.benchmarks.attack.Inbound.Response;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Packets of a few bytes, each of which costs the server an object. */
enum TinyPackets implements Shape {
    ACKS("tiny-acks", "polling clients that cause acks of 6 bytes and do not poll") {
        @Override
        public void attack(Scene scene) throws InterruptedException {
            List<Poller> pollers = scene.each(POLLING.size(), i -> Poller.open(scene, POLLING.get(i)));
            for (int round = 0; round < scene.sized(60, 25); round++) {
                CompletableFuture<?>[] posts =
                        pollers.stream().map(Poller::post).toArray(CompletableFuture[]::new);
                try {
                    CompletableFuture.allOf(posts)
                            .orTimeout(Watch.PATIENT_MILLIS, TimeUnit.MILLISECONDS)
                            .join();
                } catch (CompletionException e) {
                    // The server has rejected one of them: the others go on, until it is their turn.
                    pollers.removeIf(poller -> !poller.connection.isOpen());
                }
            }
        }
    },
    EVENTS("tiny-events", "events of 12 bytes that wait behind a blocked handler") {
        @Override
        public void attack(Scene scene) throws InterruptedException {
            ByteBuf events = Unpooled.buffer();
            while (events.readableBytes() < 2_000_000) {
                ByteBuf event = Frame.text(Wire.EIO4.event("count", "0"));
                events.writeBytes(event);
                event.release();
            }
            for (Client client : scene.join(scene.target().heapMegabytes() / 6, Wire.EIO4, "")) {
                client.say(Wire.EIO4.event("block", ""));
                client.connection().send(events.retainedDuplicate());
            }
            scene.pause(scene.sized(5_000, 2_000));
            events.release();
        }
    };

    private static final List<Wire> POLLING = List.of(Wire.EIO4, Wire.EIO3, Wire.GEN1);
    private final String label;
    private final String description;

    /** A client that posts and does not poll. */
    private record Poller(RawConnection connection, ByteBuf request) {
        /** The events of one POST. */
        private static final int EVENTS = 30_000;

        static CompletableFuture<Poller> open(Scene scene, Wire wire) {
            String event = wire == Wire.GEN1 ? "5:1+::{\"name\":\"ack\"}" : "421[\"ack\"]";
            String[] events = new String[EVENTS];
            Arrays.fill(events, event);
            return Client.handshake(scene.network(), scene.port(), wire, "", "")
                    .thenCompose(sid -> scene.network().connect(scene.port()).thenCompose(connection -> {
                        ByteBuf request = post(wire, sid, wire.body(events));
                        ByteBuf first =
                                wire == Wire.EIO4 ? post(wire, sid, "40") : RawConnection.get(wire.poll(sid), "");
                        return connection.ask(first).thenApply(joined -> new Poller(connection, request));
                    }));
        }

        private static ByteBuf post(Wire wire, String sid, String body) {
            return RawConnection.post(wire.post(sid), wire.contentType(), Wire.utf8(body));
        }

        CompletableFuture<Response> post() {
            return connection.ask(request.retainedDuplicate());
        }
    }

    TinyPackets(String label, String description) {
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
