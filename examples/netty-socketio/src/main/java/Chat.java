import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIOServer;

/** A chat with the API of netty-socketio. */
public final class Chat {
    /** Read and written with Jackson 2, as in netty-socketio. */
    public static final class Move {
        public int x;
        public int y;
    }

    public static void main(String[] args) throws InterruptedException {
        Configuration configuration = new Configuration();
        configuration.setPort(Integer.getInteger("port", 8080));
        SocketIOServer server = new SocketIOServer(configuration);
        server.addConnectListener(Chat::welcome);
        server.addEventListener(
                "say", String.class, (client, text, ack) -> server.getBroadcastOperations().sendEvent("said", text));
        server.addMultiTypeEventListener(
                "add",
                (client, values, ack) -> ack.sendAckData(values.<Integer>get(0) + values.<Integer>get(1)),
                Integer.class,
                Integer.class);
        server.addEventListener("move", Move.class, (client, move, ack) -> {
            move.x++;
            move.y++;
            ack.sendAckData(move);
        });
        server.start();
    }

    private static void welcome(SocketIOClient client) {
        client.sendEvent("welcome", "your id is " + client.getSessionId());
    }
}
