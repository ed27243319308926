package io.everwire.protocol.gen1;

import io.everwire.protocol.wire.GenerationPlayer;
import io.everwire.protocol.wire.Transcript;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class Gen1TranscriptsTest {
    static List<Transcript> transcripts() {
        return Transcript.of("gen1");
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void transcript(Transcript transcript) {
        GenerationPlayer.play(transcript, new Gen1());
    }
}
