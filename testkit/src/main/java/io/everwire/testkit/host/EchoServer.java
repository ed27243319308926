package io.everwire.testkit.host;

import io.everwire.engine.Compression;
import io.everwire.engine.Engine;
import io.everwire.engine.EngineOptions;
import io.everwire.engine.EngineSession;
import io.everwire.engine.EngineSessionListener;
import io.everwire.engine.Origins;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Packet;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.SessionOptions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An engine with the echo room behind it, at {@code /echo}, and a record of what its sessions were told. */
@SuppressWarnings("exports") // Engine and its slots are visible to hosts, and hosts alone are tested with this.
public final class EchoServer {
    /** The largest body and message accepted, in bytes. */
    public static final int MAX_PAYLOAD = 100_000;

    /** So much that a session never gives up by itself: what bounds the output here is the host. */
    private static final int MAX_QUEUED = 1 << 30;

    /** From 1,000 bytes on; a message may grow 200 times. */
    private static final Compression COMPRESSION = new Compression(1000, new Compression.Deflate(1000, false, 1, 200));

    private static final long DEADLINE_SECONDS = 10;

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<EngineSession> slots = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> later = new CompletableFuture<>();
    private final Engine engine;

    /** One with no session yet. */
    public EchoServer() {
        SessionOptions session = new SessionOptions(
                Set.of(), Set.of(), true, MAX_PAYLOAD, MAX_QUEUED, 10, 64, 25_000, 20_000, 10_000, Map.of());
        engine = new Engine(
                new EngineOptions("/echo", session, Origins.SAME, 10_000, null, COMPRESSION),
                List.of(EchoRoom.of(events::add), EchoRoom.withoutDrafts(events::add)),
                this::opened,
                () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    }

    /** The engine that the host is to serve. */
    public Engine engine() {
        return engine;
    }

    /** What the application answers to {@code GET /app/later}, once it is known; to be asked for with each request. */
    public CompletableFuture<String> later() {
        events.add("later asked");
        return later.copy();
    }

    /** Makes it known. */
    void answerLater(String text) {
        later.complete(text);
    }

    /** The next thing that a session was told. */
    public String event() throws InterruptedException {
        String event = events.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("sessions were told nothing for " + DEADLINE_SECONDS + " s");
        }
        return event;
    }

    /** The next session that was opened. */
    public EngineSession slot() throws InterruptedException {
        EngineSession slot = slots.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
        if (slot == null) {
            throw new AssertionError("no session was opened for " + DEADLINE_SECONDS + " s");
        }
        return slot;
    }

    private EngineSessionListener opened(EngineSession slot, RequestHead head) {
        slots.add(slot);
        return new EngineSessionListener() {
            @Override
            public void packet(Packet packet) {
                throw new AssertionError("the echo room has no packets");
            }

            @Override
            public void transport(String name) {}

            @Override
            public void closed(CloseReason reason) {}
        };
    }
}
