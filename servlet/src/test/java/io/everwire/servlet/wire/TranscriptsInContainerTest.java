package io.everwire.servlet.wire;

import io.everwire.Host;
import io.everwire.engine.Engine;
import io.everwire.protocol.wire.Step;
import io.everwire.protocol.wire.Transcript;
import io.everwire.servlet.EngineFilter;
import io.everwire.servlet.ServletOptions;
import io.everwire.servlet.TestContainer;
import io.everwire.testkit.host.HostFeature;
import io.everwire.testkit.host.RawPeer;
import io.everwire.testkit.wire.PlayedHost;
import io.everwire.testkit.wire.TranscriptsContract;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** Plays the transcripts over the sockets of the container on the class path, which runs for all of them. */
@Tag("once")
class TranscriptsInContainerTest extends TranscriptsContract {
    private static final SwitchedFilter FILTER = new SwitchedFilter();
    private static @Nullable Host container;

    @BeforeAll
    static void startContainer() throws Exception {
        container = TestContainer.installed()
                .start(new TestContainer.Application().lenient().filter("socket.io", FILTER));
        // Undertow initializes filters with the first request.
        try (RawPeer peer = RawPeer.open(container.address())) {
            peer.send("GET /first HTTP/1.1\r\nHost: a\r\n\r\n").answer();
        }
    }

    @AfterAll
    static void stopContainer() throws Exception {
        if (container != null) {
            container.close().get(60, TimeUnit.SECONDS);
        }
    }

    @Override
    protected Host start(Engine engine, int loops) throws Exception {
        ServletOptions options =
                ServletOptions.builder().eventLoops(loops).gen0(true).build();
        FILTER.use(EngineFilter.create(engine, options));
        return new Played(container.address());
    }

    /** Threads of the container read, and their order is not known. */
    @Override
    protected PlayedHost host(int loops) {
        Set<HostFeature> missing = TestContainer.installed().ownFrames()
                ? Set.of(HostFeature.SILENT_DROP)
                : Set.of(HostFeature.SILENT_DROP, HostFeature.CLOSE_WITHOUT_STATUS);
        return new PlayedHost(this::start, loops, 4, missing);
    }

    @Override
    protected int tries() {
        return 3;
    }

    @Override
    protected @Nullable String missing(Transcript transcript) {
        Set<String> webSockets = transcript.steps().stream()
                .filter(Step.Connect.class::isInstance)
                .map(step -> ((Step.Connect) step).channel())
                .collect(Collectors.toSet());
        boolean leaves = transcript.steps().stream()
                .anyMatch(step -> step instanceof Step.Leave leave && !webSockets.contains(leave.channel()));
        return leaves ? "no container tells that the client of a waiting request has left" : null;
    }

    private record Played(InetSocketAddress address) implements Host {
        @Override
        public CompletableFuture<Void> close() {
            FILTER.end();
            return CompletableFuture.completedFuture(null);
        }
    }
}
