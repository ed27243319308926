package io.everwire;

/**
 * The headers that an application adds to one response. A header of the application replaces that of the server. Used by one thread
 * at a time.
 */
public interface ResponseHeaders {
    /**
     * Sets a header and replaces earlier values of this name.
     *
     * @return this object
     * @throws IllegalArgumentException if the name or the value is not allowed in a header, or the server must set this header
     *     itself, for example {@code Content-Length}
     */
    ResponseHeaders set(String name, String value);

    /**
     * Adds a header beside earlier values of this name, for example a second {@code Set-Cookie}.
     *
     * @return this object
     * @throws IllegalArgumentException as {@link #set}
     */
    ResponseHeaders add(String name, String value);

    /** Adds headers to a response; see {@link EngineServer#onHeaders}. */
    @FunctionalInterface
    interface Listener {
        /** Adds headers. Called on the event loop: it must not block. */
        void on(ResponseHeaders headers, RequestHead request);
    }
}
