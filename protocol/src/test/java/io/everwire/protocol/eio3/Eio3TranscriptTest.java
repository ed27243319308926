package io.everwire.protocol.eio3;

import io.everwire.protocol.wire.GenerationPlayer;
import io.everwire.protocol.wire.Transcript;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Eio3TranscriptTest {
    static List<Transcript> transcripts() {
        return Transcript.of("eio3");
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void plays(Transcript transcript) {
        GenerationPlayer.play(transcript, new Eio3());
    }

    static List<Transcript> engineTranscripts() {
        return Transcript.of("eio3/engine");
    }

    @ParameterizedTest
    @MethodSource("engineTranscripts")
    void playsWithoutSocketIo(Transcript transcript) {
        GenerationPlayer.play(transcript, new Eio3().engine());
    }
}
