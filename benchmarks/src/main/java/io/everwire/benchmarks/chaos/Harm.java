package io.everwire.benchmarks.chaos;

/**
 * Something that goes wrong in a cluster.
 *
 * @param label the name of the case on the command line
 * @param description the harm
 */
record Harm(String label, String description, Experiment experiment) {
    /** Does the harm to servers of both kinds and takes the figures. */
    interface Experiment {
        Outcome run(Lab lab) throws Exception;
    }
}
