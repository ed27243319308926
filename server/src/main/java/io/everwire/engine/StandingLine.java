package io.everwire.engine;

import io.everwire.protocol.Line;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A line that stands, the loop of its connection, where it wants to be told things, and the line that came after it: a list that
 * takes no object more than it has lines, which mostly is one (benchmark idle). Null is the list without lines.
 */
record StandingLine(HostLine line, Loop home, @Nullable StandingLine later) {
    /** These lines and then {@code last}. */
    static StandingLine with(@Nullable StandingLine lines, StandingLine last) {
        return lines == null ? last : new StandingLine(lines.line, lines.home, with(lines.later, last));
    }

    /** These lines without {@code closed}. */
    static @Nullable StandingLine without(@Nullable StandingLine lines, Line closed) {
        if (lines == null || lines.line == closed) {
            return lines == null ? null : lines.later;
        }
        return new StandingLine(lines.line, lines.home, without(lines.later, closed));
    }

    static void forEach(@Nullable StandingLine lines, Consumer<StandingLine> told) {
        for (StandingLine at = lines; at != null; at = at.later) {
            told.accept(at);
        }
    }

    /** Ends the connection at once. */
    void cut() {
        if (home.inLoop()) {
            line.cut();
        } else {
            home.execute(line::cut);
        }
    }

    /** Stops or resumes reading from the peer; called in a turn of the session, which may run on another loop. */
    void reading(boolean on) {
        if (home.inLoop()) {
            line.reading(on);
        } else {
            home.execute(() -> line.reading(on));
        }
    }
}
