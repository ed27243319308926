package io.everwire.engine;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The WebSockets of one session, oldest first, as a {@link SmallList}. It has several while a client changes over. */
final class HostLines {
    private HostLines() {}

    /** Calls each WebSocket on its event loop, which may not be the session's. Called in the session's turn. */
    static void call(@Nullable Object lines, Consumer<HostLine> call) {
        for (HostLine line : all(lines)) {
            if (line.eventLoop().inLoop()) {
                call.accept(line);
            } else {
                line.eventLoop().execute(() -> call.accept(line));
            }
        }
    }

    private static List<HostLine> all(@Nullable Object lines) {
        return SmallList.all(lines);
    }

    /** Returns the event loop of the oldest WebSocket. */
    static EventLoop eventLoop(Object lines) {
        return all(lines).get(0).eventLoop();
    }
}
