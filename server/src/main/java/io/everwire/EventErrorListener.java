package io.everwire;

/** Is called for an event that was not handled; see {@link Socket#onError(EventErrorListener)}. */
@FunctionalInterface
public interface EventErrorListener {
    /**
     * Receives a failure. Called where the handlers of the socket run. An exception is logged and changes nothing else.
     *
     * @param event the name of the event, chosen by the client; a message is the event {@code message}
     * @param failure thrown by middleware or a handler, or the failure of a handler's stage
     */
    void on(Socket socket, String event, Throwable failure);
}
