package io.everwire.testkit.wire;

import io.everwire.Host;
import io.everwire.engine.Engine;
import io.everwire.engine.EngineOptions;
import io.everwire.engine.EngineSession;
import io.everwire.engine.EngineSessionListener;
import io.everwire.engine.Origins;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Generation;
import io.everwire.protocol.Packet;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.wire.PacketText;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A host with an engine of one generation, and a record of the calls of its sessions. */
final class PlayedServer implements AutoCloseable {
    /** The path of the server in transcripts. */
    private static final String PATH = "/socket.io";

    private static final int MAX_SESSIONS = 1_000;
    private static final long CLOSE_SECONDS = 60;
    private static final long PASS_SECONDS = 60;

    private final int loops;
    private final int rounds;
    private final Runnable wakeup;
    private final Host host;
    private final Queue<Output> told = new ConcurrentLinkedQueue<>();
    private volatile @Nullable EngineSession newest;

    /** @param wakeup called when a call was recorded, on a thread of the host */
    PlayedServer(Generation generation, SessionOptions session, PlayedHost played, Runnable wakeup) throws Exception {
        this.loops = played.loops();
        this.rounds = played.rounds();
        this.wakeup = wakeup;
        // Any origin: the engine checks origins, for all generations in one place, and transcripts are about
        // generations.
        EngineOptions options = new EngineOptions(PATH, session, Origins.of(List.of("*")), MAX_SESSIONS, null);
        Engine engine = new Engine(
                options, List.of(generation), this::opened, () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
        host = played.start(engine);
    }

    private EngineSessionListener opened(EngineSession slot, RequestHead head) {
        newest = slot;
        return new Recorder();
    }

    /**
     * Returns when the effects of all earlier requests are complete. A host whose requests pass through threads of a container has
     * no such moment: then rounds of markers and tasks make it likely.
     */
    void settle() throws IOException {
        Markers.pass(host.address(), loops);
        for (int i = 1; i < rounds; i++) {
            passLoop();
            Markers.pass(host.address(), loops);
        }
    }

    private void passLoop() {
        EngineSession session = newest;
        if (session != null) {
            CountDownLatch passed = new CountDownLatch(1);
            session.loop().execute(passed::countDown);
            try {
                if (!passed.await(PASS_SECONDS, TimeUnit.SECONDS)) {
                    throw new AssertionError("an event loop did nothing for " + PASS_SECONDS + " s");
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    InetSocketAddress address() {
        return host.address();
    }

    /** Returns the recorded calls of the sessions, in order, that were not matched yet. */
    Queue<Output> told() {
        return told;
    }

    /** Returns the session that was opened last. */
    EngineSession newest() {
        EngineSession slot = newest;
        if (slot == null) {
            throw new AssertionError("no session was opened");
        }
        return slot;
    }

    @Override
    public void close() throws Exception {
        host.close().get(CLOSE_SECONDS, TimeUnit.SECONDS);
    }

    private void tell(String what) {
        told.add(new Output(what, null, System.nanoTime()));
        wakeup.run();
    }

    /** Records calls in the notation of transcripts. */
    private final class Recorder implements EngineSessionListener {
        @Override
        public void packet(Packet packet) {
            tell(PacketText.write(packet));
        }

        @Override
        public void transport(String name) {
            tell("transport " + name);
        }

        @Override
        public void closed(CloseReason reason) {
            tell("closed " + reason);
        }
    }
}
