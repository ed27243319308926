package io.everwire.servlet;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The time in which a thread holds one strand after the other. Used by this thread only. */
final class StrandVisit {
    private final boolean byOwnThread;
    private @Nullable List<Strand> strands;

    /** @param byOwnThread whether it never ends, so that other strands must be woken */
    StrandVisit(boolean byOwnThread) {
        this.byOwnThread = byOwnThread;
    }

    /** Notes a strand for which this thread has queued a task. */
    void add(Strand strand) {
        if (byOwnThread) {
            strand.wakeIfFree();
            return;
        }
        List<Strand> known = strands;
        if (known == null) {
            known = new ArrayList<>(2);
            strands = known;
        }
        if (!known.contains(strand)) {
            known.add(strand);
        }
    }

    /** Returns the next strand to visit, which it forgets; null if there is none. */
    @Nullable
    Strand poll() {
        return strands == null || strands.isEmpty() ? null : strands.remove(0);
    }
}
