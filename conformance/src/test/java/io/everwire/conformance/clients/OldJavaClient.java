package io.everwire.conformance.clients;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URISyntaxException;

/** A program with the official Java client that does what the server asks for; see {@link JavaReleasesTest}. */
final class OldJavaClient {
    private OldJavaClient() {}

    /** Takes the address of the server and the transports, separated by commas. Runs until it is ended. */
    public static void main(String[] args) throws URISyntaxException {
        // Fields, because builders are not in the old releases.
        IO.Options options = new IO.Options();
        options.forceNew = true;
        options.reconnection = false;
        options.transports = args[1].split(",", -1);
        Socket socket = IO.socket(args[0], options);
        socket.on("mirror", values -> socket.emit("value", values[0]));
        socket.on("question", values -> ((Ack) values[1]).call("answer to " + values[0]));
        Ack received = values -> socket.emit("value", values[0]);
        socket.on("add", values -> socket.emit("sum", values[0], received));
        socket.on("leave", values -> socket.disconnect());
        socket.on(Socket.EVENT_CONNECT_ERROR, values -> {
            System.err.println(values[0]);
            System.exit(1);
        });
        socket.connect();
    }
}
