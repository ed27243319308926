package io.everwire.testkit.host;

import io.everwire.HostContext;
import io.everwire.SocketIoServer;
import io.everwire.engine.Compression;
import io.everwire.engine.Engine;
import io.everwire.engine.EngineOptions;
import io.everwire.engine.EngineSession;
import io.everwire.engine.EngineSessionListener;
import io.everwire.engine.MemoryLimits;
import io.everwire.engine.Origins;
import io.everwire.engine.TrustedProxies;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Encoded;
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

/** An engine that serves the echo generation at {@code /echo}, and records the events of its sessions. */
@SuppressWarnings("exports") // Hosts see the engine and its sessions, and only hosts are tested with this class.
public final class EchoServer {
    /** The largest body and message accepted, in bytes. */
    public static final int MAX_PAYLOAD = 100_000;

    /** In bytes. No session reaches this limit: these tests are about the bytes that the host reports. */
    private static final int MAX_QUEUED = 1 << 30;

    /** The limit of the unfinished input of all clients together, in bytes. */
    public static final int MAX_INPUT = 1_000_000;

    /** The limits for all clients together, in bytes: a client that never reads is evicted. */
    private static final MemoryLimits MEMORY = new MemoryLimits(4 * 1024 * 1024, MAX_INPUT, 1 << 30);

    /** From 1,000 bytes on. */
    private static final Compression COMPRESSION = new Compression(1000, new Compression.Deflate(1000, false, 1));

    private static final long DEADLINE_SECONDS = 60;

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<EngineSession> sessions = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> later = new CompletableFuture<>();
    private final Engine engine;
    private final BareServer server;

    /** Creates an engine without a session. */
    public EchoServer() {
        SessionOptions session = new SessionOptions(
                Set.of(), Set.of(), true, MAX_PAYLOAD, MAX_QUEUED, 10, 64, 25_000, 20_000, 10_000, Map.of());
        engine = new Engine(
                new EngineOptions(
                        "/echo",
                        session,
                        Origins.SAME,
                        10_000,
                        List.of(),
                        COMPRESSION,
                        true,
                        Map.of(),
                        TrustedProxies.NONE,
                        MEMORY,
                        10_000,
                        0),
                List.of(EchoGeneration.of(events::add), EchoGeneration.withoutDrafts(events::add)),
                this::opened,
                () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
        server = new BareServer(engine);
    }

    /** Returns the engine for the host. */
    public Engine engine() {
        return engine;
    }

    /**
     * Returns a server that has only the options with the path {@code /echo}, the engine and a {@link HostContext}, for
     * hosts that are given a server. Every other method throws.
     */
    public SocketIoServer server() {
        return server.server();
    }

    /** Closes what hosts attached to the server. */
    void closeParts() throws Exception {
        server.closeParts();
    }

    /**
     * Returns the response of the application to {@code GET /app/later}, once it is known. Called once for each
     * request.
     */
    public CompletableFuture<String> later() {
        events.add("later asked");
        return later.copy();
    }

    /** Completes {@link #later}. */
    void answerLater(String text) {
        later.complete(text);
    }

    /** Returns the next event of a session. */
    public String event() throws InterruptedException {
        String event = events.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("no event of a session for " + DEADLINE_SECONDS + " s");
        }
        return event;
    }

    /** Returns the next session that was opened. */
    public EngineSession session() throws InterruptedException {
        EngineSession session = sessions.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
        if (session == null) {
            throw new AssertionError("no session was opened for " + DEADLINE_SECONDS + " s");
        }
        return session;
    }

    /** Returns whether the engine knows that the session's event loop is one. */
    boolean knowsLoop(EngineSession session) throws Exception {
        CompletableFuture<Boolean> known = new CompletableFuture<>();
        session.execute(() -> known.complete(engine.inLoop()));
        return known.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Sends 100 MB to a client that does not read. Only 1 MB is on the way to the event loop at a time: with more than
     * the limit, the session is closed before the host notices that the client does not read.
     */
    void flood(EngineSession session) throws Exception {
        Encoded message = Encoded.text(Bytes.utf8("x".repeat(20_000)));
        for (int batch = 0; batch < 100; batch++) {
            CompletableFuture<Void> sent = new CompletableFuture<>();
            for (int i = 0; i < 50; i++) {
                session.loop().execute(() -> session.send(message));
            }
            session.loop().execute(() -> sent.complete(null));
            sent.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private EngineSessionListener opened(EngineSession session, RequestHead head) {
        sessions.add(session);
        return new EngineSessionListener() {
            @Override
            public void packet(Packet packet) {
                throw new AssertionError("the echo generation has no packets");
            }

            @Override
            public void transport(String name) {}

            @Override
            public void closed(CloseReason reason) {}
        };
    }
}
