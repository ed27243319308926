package io.everwire.benchmarks.attack;

import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The state of an attacked process.
 *
 * @param heap the bytes of the heap in use after a garbage collection
 * @param direct the bytes of direct memory
 * @param sockets the open sockets
 * @param sessions the open sessions
 * @param loops the living event loops
 * @param blocked the handlers that are blocked
 * @param events the events that the counting handler has received so far
 */
record TargetReport(long heap, long direct, long sockets, long sessions, long loops, long blocked, long events) {
    private static final String START = "report ";
    private static final int FIELDS = 7;

    String line() {
        return START
                + LongStream.of(heap, direct, sockets, sessions, loops, blocked, events)
                        .mapToObj(Long::toString)
                        .collect(Collectors.joining(" "));
    }

    /** @throws Rejection if the line is no report: the process is out of memory */
    static TargetReport parse(String line) {
        if (!line.startsWith(START)) {
            throw new Rejection(line);
        }
        long[] values = Stream.of(line.substring(START.length()).split(" ", -1))
                .mapToLong(Long::parseLong)
                .toArray();
        if (values.length != FIELDS) {
            throw new IllegalArgumentException(line);
        }
        return new TargetReport(values[0], values[1], values[2], values[3], values[4], values[5], values[6]);
    }
}
