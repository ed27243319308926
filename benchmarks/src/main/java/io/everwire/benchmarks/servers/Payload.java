package io.everwire.benchmarks.servers;

/**
 * The payload of the events in every scenario: the handlers of all servers on the JVM bind it, and write it again. In
 * JSON it has 100 bytes.
 */
public record Payload(int id, String user, double x, double y, boolean moving, String text) {}
