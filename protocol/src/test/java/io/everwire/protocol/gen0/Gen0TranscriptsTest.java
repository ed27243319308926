package io.everwire.protocol.gen0;

import io.everwire.protocol.wire.GenerationPlayer;
import io.everwire.protocol.wire.Transcript;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class Gen0TranscriptsTest {
    static List<Transcript> transcripts() {
        return Transcript.of("gen0");
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void transcript(Transcript transcript) {
        GenerationPlayer.play(transcript, new Gen0());
    }
}
