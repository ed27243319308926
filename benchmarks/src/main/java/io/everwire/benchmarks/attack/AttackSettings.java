package io.everwire.benchmarks.attack;

import java.util.ArrayList;
import java.util.List;

/**
 * The attacks of a run.
 *
 * @param heapMegabytes the largest heap of the server
 * @param brief whether the attacks are small and the timeouts short
 * @param cycles the number of cycles of the soak; 0 without a soak
 * @param minutes the time after which the soak begins no further part
 */
record AttackSettings(List<Shape> shapes, int heapMegabytes, boolean brief, long cycles, long minutes) {
    private static final int DEFAULT_HEAP = 512;
    private static final long DEFAULT_CYCLES = 1_000_000;
    private static final long DEFAULT_MINUTES = 1_440;
    private static final String SOAK = "soak";

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException with the reason, if an argument is unknown or has a wrong value
     */
    static AttackSettings of(List<String> args) {
        List<Shape> shapes = new ArrayList<>();
        int heap = DEFAULT_HEAP;
        boolean brief = false;
        boolean soak = false;
        long cycles = DEFAULT_CYCLES;
        long minutes = DEFAULT_MINUTES;
        List<String> words = new ArrayList<>();
        for (String arg : args) {
            // "--heap=64m" and "--heap 64m" are the same.
            words.addAll(arg.startsWith("--") ? List.of(arg.split("=", 2)) : List.of(arg));
        }
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            switch (word) {
                case "--brief" -> brief = true;
                case "--heap" -> heap = heap(value(words, ++i));
                case "--cycles" -> cycles = number("--cycles", value(words, ++i), 1, 100_000_000);
                case "--minutes" -> minutes = number("--minutes", value(words, ++i), 1, DEFAULT_MINUTES);
                case SOAK -> soak = true;
                default -> {
                    if (word.startsWith("--")) {
                        throw new IllegalArgumentException(word + ": no such option");
                    }
                    shapes.add(Shapes.named(word));
                }
            }
        }
        return new AttackSettings(
                shapes.isEmpty() && !soak ? Shapes.ALL : shapes, heap, brief, soak ? cycles : 0, minutes);
    }

    private static String value(List<String> words, int i) {
        if (i >= words.size()) {
            throw new IllegalArgumentException(words.get(i - 1) + ": needs a value");
        }
        return words.get(i);
    }

    private static int heap(String value) {
        boolean gigabytes = value.matches("\\d+[gG]");
        if (!gigabytes && !value.matches("\\d+[mM]?")) {
            throw new IllegalArgumentException("--heap: \"" + value + "\" is not a size such as 64m or 1g");
        }
        String digits = value.replaceAll("\\D", "");
        return (int) number("--heap", digits, 1, 65536) * (gigabytes ? 1024 : 1);
    }

    private static long number(String option, String value, long min, long max) {
        if (!value.matches("\\d{1,12}") || Long.parseLong(value) < min || Long.parseLong(value) > max) {
            throw new IllegalArgumentException(option + ": \"" + value + "\" is not within " + min + " to " + max);
        }
        return Long.parseLong(value);
    }
}
