package io.everwire.benchmarks.servers;

/** Prints that a server under test has opened its port. */
public final class Ready {
    /** The text before the port. */
    public static final String LINE = "listening on ";

    private Ready() {}

    /** Prints the port. */
    public static void say(int port) {
        System.out.println(LINE + port);
    }
}
