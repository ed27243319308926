package io.everwire.netty.wire;

import io.everwire.Host;
import io.everwire.engine.Engine;
import io.everwire.netty.EnginePort;
import io.everwire.protocol.wire.Transcript;
import io.everwire.testkit.wire.TranscriptsContract;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays every transcript of every generation over the sockets of the Netty host. */
class NettyTranscriptsTest extends TranscriptsContract {
    @Override
    protected Host start(Engine engine, int loops) throws IOException {
        return EnginePort.bind(engine, loops);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("transcripts")
    void onTwoLoops(Transcript transcript) throws Exception {
        play(transcript, 2);
    }
}
