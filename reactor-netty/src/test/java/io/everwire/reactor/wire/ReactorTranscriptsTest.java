package io.everwire.reactor.wire;

import io.everwire.Host;
import io.everwire.engine.Engine;
import io.everwire.reactor.LoopPort;
import io.everwire.testkit.host.EngineServers;
import io.everwire.testkit.wire.TranscriptsContract;
import org.junit.jupiter.api.Tag;

/** Plays the transcripts over the sockets of Reactor Netty. */
@Tag("once")
class ReactorTranscriptsTest extends TranscriptsContract {
    @Override
    protected Host start(Engine engine, int loops) {
        return LoopPort.bind(EngineServers.of(engine), loops);
    }
}
