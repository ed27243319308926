package io.everwire.jackson;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The placeholder of binary data that is a whole value, as every official client writes it: it is recognized without a
 * parser and written without a generator (benchmarks {@code binary} and {@code JsonBenchmark.readBinary}).
 */
final class Placeholder {
    private static final String BEGINS = "{\"_placeholder\":true,\"num\":";
    private static final byte[] BEGINNING = BEGINS.getBytes(StandardCharsets.US_ASCII);

    private Placeholder() {}

    static byte[] json(int number) {
        return (BEGINS + number + '}').getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Returns the number of the placeholder between {@code from} and {@code to}; −1 for other JSON, or a placeholder in
     * another spelling.
     */
    static int number(byte[] json, int from, int to) {
        int digit = from + BEGINNING.length;
        boolean is = digit + 2 == to && json[to - 1] == '}' && json[digit] >= '0' && json[digit] <= '9';
        return is && Arrays.equals(json, from, digit, BEGINNING, 0, BEGINNING.length) ? json[digit] - '0' : -1;
    }
}
