package io.everwire;

/**
 * The reason why a request was rejected before a connection was opened. Each generation sends it in its own form. Later releases may
 * add constants.
 */
public enum Refusal {
    /** The transport does not exist or is not served. */
    UNKNOWN_TRANSPORT,
    /** The session id is unknown: it was never given out, or its session is closed. */
    UNKNOWN_SESSION,
    /** The HTTP method cannot open a connection. */
    BAD_METHOD,
    /** The request is malformed, or middleware of the engine rejected it. */
    BAD_REQUEST,
    /** The protocol version is not served. */
    UNSUPPORTED_VERSION,
    /** The origin of the page is not allowed, or {@link ServerOptions.Builder#allowRequest} rejected the request. */
    FORBIDDEN,
    /** A limit of the server is reached, a decision took too long, or the server is closing. */
    OVERLOADED
}
