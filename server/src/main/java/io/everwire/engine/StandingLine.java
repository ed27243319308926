package io.everwire.engine;

import java.util.List;
import java.util.stream.Stream;

/** A line that stands, and the loop of its connection, where it wants to be told things. */
record StandingLine(HostLine line, Loop home) {
    /** These lines and then this one; unchangeable. */
    List<StandingLine> after(List<StandingLine> lines) {
        return lines.isEmpty()
                ? List.of(this)
                : Stream.concat(lines.stream(), Stream.of(this)).toList();
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
