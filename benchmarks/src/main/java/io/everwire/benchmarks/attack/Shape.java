package io.everwire.benchmarks.attack;

/** One attack on a server. */
interface Shape {
    /** Returns the name on the command line. */
    String label();

    /** Returns a line for people. */
    String description();

    /** Returns the options of the server that is attacked. */
    default TargetOptions options(TargetOptions defaults) {
        return defaults;
    }

    /**
     * Attacks, bounded in number and time; returns when the server holds as much as it will. Connections may stay open.
     *
     * @throws Rejection if the server does not let it go on, which is a success of the server
     */
    void attack(Scene scene) throws InterruptedException;
}
