package io.everwire.engine;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.SessionListener;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.wire.RecordedHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** An open session on an event loop that the test runs; {@link #told} lists the calls that it received and made. */
abstract class OpenSession {
    final List<String> told = new ArrayList<>();
    final StubGeneration generation = new StubGeneration("stub", told);
    final ManualEventLoop loop = new ManualEventLoop();
    final ManualEventLoop other = new ManualEventLoop();
    final RecordingClient client = new RecordingClient(told);
    long now = 1_000;
    final Engine engine = new Engine(
            new EngineOptions("/socket.io", SessionOptions.DEFAULTS, Origins.SAME, 10, null),
            List.of(generation),
            (opened, head) -> client,
            () -> now);
    final StubLine line = new StubLine("line", loop, told);
    final EngineSession session = open();
    final SessionListener listener = generation.sessions.get(0).listener;

    EngineSession open() {
        StubExchange exchange = new StubExchange(RecordedHead.webSocket("/socket.io/stub"), loop);
        loop.inside(() -> engine.serve(exchange));
        return Objects.requireNonNull(exchange.upgradedTo);
    }

    static Encoded encoded(String text) {
        return Encoded.text(Bytes.utf8(text));
    }
}
