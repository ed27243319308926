package io.everwire.benchmarks.servers;

/** How a server under test says that it listens. */
public final class Ready {
    /** What stands before the port. */
    public static final String LINE = "listening on ";

    private Ready() {}

    static void say(int port) {
        System.out.println(LINE + port);
    }
}
