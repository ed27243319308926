package io.everwire.benchmarks.attack;

/** The server rejected a client or closed its connection; the message is the reason. Has no stack trace. */
final class Rejection extends RuntimeException {
    private static final long serialVersionUID = 1;

    Rejection(String reason) {
        super(reason, null, false, false);
    }
}
