package io.everwire;

/** A request that would open a connection, as {@link RequestFilter} sees it. */
public interface OpeningRequest extends RequestHead {
    /**
     * Returns the values that the filter passes on, for example the user that a token names: sockets of the connection find them in
     * {@link Handshake#attribute}. They stay on this server.
     */
    Attributes attributes();
}
