package io.everwire.protocol;

/**
 * The reason for rejecting a request before it reaches a session. Each generation expresses it in its own form ({@link
 * Generation#refuse}).
 */
public enum Refusal {
    /** The transport does not exist or is switched off. */
    UNKNOWN_TRANSPORT,
    /** No session has this id, or none has it any more. */
    UNKNOWN_SESSION,
    /** The method cannot open a session. */
    BAD_METHOD,
    /** The request is malformed or contradicts itself. */
    BAD_REQUEST,
    /** The request asks for a protocol version that is not served. */
    UNSUPPORTED_VERSION,
    /** The page's origin is not allowed, or the application rejected the request. */
    FORBIDDEN,
    /** A limit of the server is reached, for example the number of sessions, or the server is closing. */
    OVERLOADED
}
