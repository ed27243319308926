package io.everwire;

/**
 * Receives every event, with any name. A message is the event {@code message}. It does not answer; an exception is logged and changes
 * nothing else.
 */
@FunctionalInterface
public interface AnyHandler {
    /** Receives an event. Called as handlers are: for one event of a socket at a time, in order. */
    void on(Socket socket, String event, Arguments arguments) throws Exception;
}
