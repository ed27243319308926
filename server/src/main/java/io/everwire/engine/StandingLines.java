package io.everwire.engine;

import io.everwire.protocol.WebSocketLine;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one session that stand, oldest first: more than one while a client changes over, or tries what it may not. Mostly it
 * is one, and then no object beside it: null is none, a line is just that one, and several are a list (benchmark idle).
 * Unchangeable: each change returns others.
 */
final class StandingLines {
    private StandingLines() {}

    @SuppressWarnings("unchecked") // what is neither null nor a line
    static List<HostLine> all(@Nullable Object lines) {
        if (lines == null) {
            return List.of();
        }
        return lines instanceof HostLine one ? List.of(one) : (List<HostLine>) lines;
    }

    /** These lines and then {@code last}. */
    static Object with(@Nullable Object lines, HostLine last) {
        return lines == null
                ? last
                : Stream.concat(all(lines).stream(), Stream.of(last)).toList();
    }

    /** Tells each of them something, on its loop; called in a turn, which may be on another one. */
    static void tell(@Nullable Object lines, Consumer<HostLine> what) {
        for (HostLine line : all(lines)) {
            if (line.eventLoop().inLoop()) {
                what.accept(line);
            } else {
                line.eventLoop().execute(() -> what.accept(line));
            }
        }
    }

    /** These lines without {@code closed}. */
    static @Nullable Object without(@Nullable Object lines, WebSocketLine closed) {
        if (lines == closed) {
            return null;
        }
        List<HostLine> left = all(lines).stream().filter(line -> line != closed).toList();
        return left.size() > 1 ? left : left.stream().findAny().orElse(null);
    }
}
