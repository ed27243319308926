package io.everwire;

import io.everwire.protocol.Refusal;
import io.everwire.protocol.RequestHead;

/**
 * A request that was turned away before any connection heard of it.
 *
 * @param request the request
 * @param generation the wire generation that it is of: {@code gen0}, {@code eio4} …
 * @param refusal why, as every generation says in its own words
 * @param message the words of the application, or else the name of {@code refusal}
 */
public record ConnectionError(RequestHead request, String generation, Refusal refusal, String message) {
    /** The number that the Node server (engine.io 6.6) gives to it; a server that is full or closing has none there. */
    public int code() {
        return switch (refusal) {
            case UNKNOWN_TRANSPORT -> 0;
            case UNKNOWN_SESSION -> 1;
            case BAD_METHOD -> 2;
            case BAD_REQUEST, OVERLOADED -> 3;
            case FORBIDDEN -> 4;
            case UNSUPPORTED_VERSION -> 5;
        };
    }
}
