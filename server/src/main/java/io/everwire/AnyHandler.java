package io.everwire;

/**
 * Hears of every event, whatever its name; a message is the event {@code message}. It does not answer, and what it throws is
 * logged and changes nothing.
 */
@FunctionalInterface
public interface AnyHandler {
    /** Called as handlers are: for one event of a socket at a time, in order. */
    void on(Socket socket, String event, Arguments arguments) throws Exception;
}
