package io.everwire.protocol;

/** Why a request is turned away before any session sees it. Each generation says it in its own words ({@link Generation#refuse}). */
public enum Refusal {
    /** The transport does not exist or is switched off. */
    UNKNOWN_TRANSPORT,
    /** The session id belongs to no session: never did, or does no longer. */
    UNKNOWN_SESSION,
    /** The method cannot open a session. */
    BAD_METHOD,
    /** The request makes no sense. */
    BAD_REQUEST,
    /** The request asks for a wire that is not served. */
    UNSUPPORTED_VERSION,
    /** The page's origin is not allowed, or the application refused. */
    FORBIDDEN,
    /** A bound of the server is reached: too many sessions, or it is closing. */
    OVERLOADED
}
