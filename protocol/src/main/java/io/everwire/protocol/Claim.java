package io.everwire.protocol;

/** What a generation makes of a request that is its own. */
public sealed interface Claim {
    /** The first request of a new session. */
    record Open() implements Claim {}

    /**
     * A request for a session that should exist.
     *
     * @param sid its id, as the peer wrote it; nothing about it is checked
     */
    record Resume(String sid) implements Claim {}

    /** Ours, but to be turned away whatever sessions there are. */
    record Refuse(Refusal refusal) implements Claim {}
}
