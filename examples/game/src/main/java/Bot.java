import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;

/**
 * A player that takes the first free cell, with the official Java client, as in an Android app. In an app, callbacks pass their
 * values to the main thread: runOnUiThread(() -> …).
 */
public final class Bot {
    public static void main(String[] args) {
        Socket socket = IO.socket(URI.create(args.length == 0 ? "http://localhost:8080" : args[0]));
        socket.on(Socket.EVENT_CONNECT, ready -> socket.emit("play"));
        socket.on(Socket.EVENT_CONNECT_ERROR, error -> System.err.println(error[0]));
        socket.on("board", values -> {
            String board = (String) values[0];
            if (values[1].equals(socket.id()) && board.indexOf('-') >= 0) {
                socket.emit("move", board.indexOf('-'));
            }
        });
        socket.on("over", winner -> {
            System.out.println(winner[0].equals(socket.id()) ? "won" : "not won");
            socket.emit("play");
        });
        socket.connect(); // stays connected, and plays again; close() ends it
    }
}
