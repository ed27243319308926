package io.everwire.benchmarks.chaos;

import io.everwire.benchmarks.cluster.Programs;
import java.nio.file.Path;
import java.util.List;

/**
 * The programs that take part, and the length of the cases.
 *
 * @param module the folder of the benchmarks
 * @param brief whether the cases take seconds
 */
record Lab(Path module, boolean brief) {
    List<String> everwire() {
        return Programs.everwire("-Xmx256m");
    }

    List<String> node() {
        return Programs.node(module);
    }

    /** Returns a length for short and long runs. */
    long seconds(long complete, long shortened) {
        return brief ? shortened : complete;
    }
}
