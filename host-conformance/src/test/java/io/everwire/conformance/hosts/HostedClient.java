package io.everwire.conformance.hosts;

import io.everwire.Socket;

/** An official client with one way to connect, which reconnects by itself. Each method waits for its result, or fails. */
interface HostedClient {
    /** Returns its version and its environment, as two cells of the table. */
    String title();

    /** Returns the transport or transports that it uses. */
    String way();

    /** Returns whether it receives and sends bytes. */
    default boolean hasBytes() {
        return true;
    }

    /** Returns whether it has acks. */
    default boolean hasAcks() {
        return true;
    }

    /** Begins to connect. */
    void open(int port);

    /** Waits until it is connected, and upgraded if it upgrades. Called once for each connection. */
    void awaitConnected(Socket socket);

    /** Sends text and waits for its echo. */
    void echo(String text);

    /** Sends bytes and waits for their echo. */
    default void echo(byte[] bytes) {
        throw new UnsupportedOperationException();
    }

    /** Sends a call with text, and returns the answer. */
    default String call(String text) {
        throw new UnsupportedOperationException();
    }

    /** Waits for the event {@code news} with text. */
    void hear(String text);

    /** Waits until nothing of it is on its way, before the server ends. */
    default void settle() {}

    /** Disconnects. */
    void close();

    /** Ends what is left of it once it is disconnected. */
    default void end() {}
}
