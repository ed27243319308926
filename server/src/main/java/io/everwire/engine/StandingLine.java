package io.everwire.engine;

/** A line that stands, and the loop of its connection, where it wants to be told things. */
record StandingLine(HostLine line, Loop home) {
    /** Stops or resumes reading from the peer; called in a turn of the session, which may run on another loop. */
    void reading(boolean on) {
        if (home.inLoop()) {
            line.reading(on);
        } else {
            home.execute(() -> line.reading(on));
        }
    }
}
