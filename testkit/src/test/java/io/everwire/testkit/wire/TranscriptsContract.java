package io.everwire.testkit.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.everwire.Host;
import io.everwire.engine.Engine;
import io.everwire.protocol.Generation;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.generations.Generations;
import io.everwire.protocol.wire.Transcript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays every transcript of every generation over the sockets of a host. */
@Timeout(120)
public abstract class TranscriptsContract {
    /**
     * The longest wait of a transcript that is played here, in milliseconds. Others are reported as skipped; the
     * generations' own tests play them on virtual time.
     */
    private static final long LONGEST = 1_500;

    /** The id of the first session, as the player on virtual time creates it, and the same as bytes. */
    private static final List<String> VIRTUAL_SESSION = List.of("session-0000", "73657373696f6e2d30303030");

    /** The number of attempts for a transcript that depends on real time, because the machine may be busy. */
    private static final int TRIES = 3;

    /** Starts the host under test on a port of 127.0.0.1. */
    protected abstract Host start(Engine engine, int loops) throws Exception;

    /** Returns the reason for which the host cannot play a transcript, or null. */
    protected @Nullable String missing(Transcript transcript) {
        return null;
    }

    /** Returns the host with a number of event loops. */
    protected PlayedHost host(int loops) {
        return PlayedHost.of(this::start, loops);
    }

    /** Returns the number of attempts for each transcript. One, if the order of the host's work is known. */
    protected int tries() {
        return 1;
    }

    /** Returns all transcripts, or a selection: the system property {@code everwire.transcripts} is a regular expression of names. */
    protected static List<Transcript> transcripts() throws IOException {
        String names = System.getProperty("everwire.transcripts", ".*");
        return rooms().stream()
                .flatMap(room -> Transcript.of(room).stream())
                .filter(transcript -> transcript.name().matches(names))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("transcripts")
    void onOneLoop(Transcript transcript) throws Exception {
        play(transcript, 1);
    }

    /** Plays a transcript on a number of event loops. */
    protected final void play(Transcript transcript, int loops) throws Exception {
        String reason = reasonAgainst(transcript);
        assumeTrue(reason == null, () -> "played on virtual time only: " + reason);
        for (int left = tries(transcript) - 1; left >= 0; left--) {
            try {
                HostPlayer.play(transcript, generation(transcript), host(loops));
                return;
            } catch (AssertionError e) {
                if (left == 0) {
                    throw e;
                }
            }
        }
    }

    @Test
    void mostArePlayed() throws IOException {
        for (String room : rooms()) {
            List<Transcript> all = Transcript.of(room);
            assertThat(all)
                    .filteredOn(transcript -> reasonAgainst(transcript) == null)
                    .as("transcripts of " + room + " that are played over sockets")
                    .hasSizeGreaterThan(all.size() / 2);
        }
    }

    @Test
    void everyFolderIsThatOfAGeneration() throws IOException {
        assertThat(Generations.ALL).extracting(Generation::name).containsAll(rooms());
    }

    private @Nullable String reasonAgainst(Transcript transcript) {
        long waited = HostPlayer.waited(transcript.steps());
        if (waited > LONGEST) {
            return "it lets " + waited + " ms pass";
        }
        boolean virtual = transcript.steps().stream()
                .anyMatch(step -> VIRTUAL_SESSION.stream().anyMatch(step.toString()::contains));
        return virtual ? "it knows the id of a session beforehand" : missing(transcript);
    }

    /**
     * Returns one, unless time matters: for steps that wait, for options, which may set shorter times than the defaults,
     * and for an upgrade, during which the server answers polls every 100 ms.
     */
    private int tries(Transcript transcript) {
        boolean timeless = HostPlayer.waited(transcript.steps()) == 0
                && transcript.options().equals(SessionOptions.DEFAULTS)
                && transcript.steps().stream().noneMatch(step -> step.toString().contains("2probe"));
        return timeless ? tries() : TRIES;
    }

    private static Generation generation(Transcript transcript) {
        return Generations.ALL.stream()
                .filter(generation -> transcript.name().startsWith(generation.name() + "/"))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> rooms() throws IOException {
        try (Stream<Path> folders = Files.list(Transcript.root().resolve("transcripts"))) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}
