package io.everwire.benchmarks.micro;

import io.everwire.benchmarks.servers.Payload;

/** The payloads of events. */
final class Payloads {
    private static final String TEXT = "x".repeat(26);

    /** 100 bytes, as in the scenarios. */
    static final String JSON =
            "{\"id\":1000,\"user\":\"user-100\",\"x\":200.25,\"y\":500.5,\"moving\":true,\"text\":\"" + TEXT + "\"}";

    /** The same payload, bound to a type. */
    static final Payload BOUND = new Payload(1000, "user-100", 200.25, 500.5, true, TEXT);

    private Payloads() {}
}
