package io.everwire.protocol;

/** The decision of a generation on a request that is its own. */
public sealed interface Claim {
    /** The request opens a new session. */
    record Open() implements Claim {}

    /**
     * The request belongs to a session that should exist.
     *
     * @param sid the session id as the peer wrote it; nothing about it is checked
     */
    record Resume(String sid) implements Claim {}

    /** The request is answered at once, without a session. */
    record Answer(Response response) implements Claim {}

    /** The request is this generation's and is rejected, with any session or none. */
    record Refuse(Refusal refusal) implements Claim {}
}
