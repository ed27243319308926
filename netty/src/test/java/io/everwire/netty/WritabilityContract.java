package io.everwire.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everwire.Host;
import io.everwire.engine.Delivery;
import io.everwire.engine.Engine;
import io.everwire.engine.EngineOptions;
import io.everwire.engine.EngineSession;
import io.everwire.engine.EngineSessionListener;
import io.everwire.engine.Origins;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Generation;
import io.everwire.protocol.Packet;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.generations.Generations;
import io.everwire.testkit.host.RawPeer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;

/**
 * Sessions are notified that their client reads again, although nothing else happens to them. Subclasses name a connection of a
 * generation.
 */
@Timeout(120)
public abstract class WritabilityContract {
    private static final Encoded MESSAGE = Encoded.text(Bytes.utf8("x".repeat(16_000)));

    /** A number of queued bytes that shows that the client does not read. */
    private static final int ENOUGH = 1_000_000;

    /** 128 MB of messages: more than a loopback buffers for a client that does not read. */
    private static final int MOST = 8_000;

    private final CompletableFuture<EngineSession> opened = new CompletableFuture<>();

    /** Sends the request, queues messages until the client must read, and expects volatile messages to pass after it has read. */
    protected final void volatileMessagesPassAgainOnceTheClientReads(String generation, String request)
            throws Exception {
        Host host = EnginePort.bind(engine(generation), 1);
        try (RawPeer peer = RawPeer.open(host.address(), 4_096)) {
            EngineSession session = session(peer.send(request));
            for (int sent = 0; session.waiting() < ENOUGH && sent < MOST; sent++) {
                session.send(MESSAGE);
                turn(session);
            }
            assertThat(volatilePasses(session)).isFalse();

            CompletableFuture<Boolean> end = CompletableFuture.supplyAsync(peer::ended);
            // A heartbeat, after 10 s or more, would cause a turn of the session.
            await().atMost(Duration.ofSeconds(9)).until(() -> volatilePasses(session));

            session.close(CloseReason.FORCED_SERVER_CLOSE);
            assertThat(end).succeedsWithin(60, TimeUnit.SECONDS);
        }
        host.close().get(60, TimeUnit.SECONDS);
    }

    /** Sends a volatile message on the calling thread; returns whether it was not dropped. */
    private static boolean volatilePasses(EngineSession session) {
        return session.send(MESSAGE, Delivery.VOLATILE) == null;
    }

    /** Returns after a turn of the session. */
    private static void turn(EngineSession session) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        session.execute(() -> done.complete(null));
        assertThat(done).succeedsWithin(60, TimeUnit.SECONDS);
    }

    private EngineSession session(RawPeer peer) throws Exception {
        peer.answer();
        return opened.get(60, TimeUnit.SECONDS);
    }

    private Engine engine(String name) {
        EngineOptions options =
                new EngineOptions("/socket.io", SessionOptions.DEFAULTS, Origins.of(List.of("*")), 10, null);
        Generation generation = Generations.ALL.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        return new Engine(
                options,
                List.of(generation),
                (session, head) -> {
                    opened.complete(session);
                    return new Ignoring();
                },
                () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    }

    private static final class Ignoring implements EngineSessionListener {
        @Override
        public void packet(Packet packet) {}

        @Override
        public void transport(String name) {}

        @Override
        public void closed(CloseReason reason) {}
    }
}
