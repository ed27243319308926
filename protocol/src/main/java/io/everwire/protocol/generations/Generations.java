package io.everwire.protocol.generations;

import io.everwire.protocol.Generation;
import io.everwire.protocol.eio3.Eio3;
import io.everwire.protocol.eio4.Eio4;
import io.everwire.protocol.gen0.Gen0;
import io.everwire.protocol.gen1.Gen1;
import java.util.List;

/**
 * Every generation that is served. This is the only place outside of a generation's package that names it: adding or
 * removing a generation changes one line here.
 */
public final class Generations {
    private static final Generation[] SUPPORTED = {
        new Gen0(), //
        new Gen1(), //
        new Eio3(), //
        new Eio4(),
    };

    /** All generations, in the order in which they are asked whether a request is theirs. */
    public static final List<Generation> ALL = List.of(SUPPORTED);

    private Generations() {}
}
