package io.everwire.examples.guide;

import io.everwire.Attribute;
import io.everwire.RefusedException;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import java.time.Duration;

/** A server for netty-socketio, written for Everwire. */
public final class Migration {
    static final Attribute<String> NAME = Attribute.of("name");

    private Migration() {}

    public static ServerOptions options() {
        // docs: migration-options
        ServerOptions options = ServerOptions.builder() // new Configuration()
                .origins("https://app.example.com") // setOrigin("https://app.example.com")
                .pingInterval(Duration.ofSeconds(25)) // setPingInterval(25000)
                .maxHttpBufferSize(1_000_000) // setMaxHttpContentLength, setMaxFramePayloadLength
                .build();
        // docs: end
        return options;
    }

    public static void chat(SocketIoServer server) {
        // docs: migration
        record Chat(String room, String text) {}

        server.use(
                socket -> { // setAuthorizationListener, addAuthTokenListener
                    String name = socket.handshake().query("name"); // getHandshakeData().getSingleUrlParam("name")
                    if (name == null) {
                        throw new RefusedException("a name is missing");
                    }
                    socket.attributes().set(NAME, name); // client.set("name", name)
                });
        server.onConnection(socket -> socket.join("lobby")); // addConnectListener, client.joinRoom("lobby")
        server.on(
                "chat",
                Chat.class,
                (socket, chat) -> // addEventListener("chat", Chat.class, (client, chat, ack) -> …)
                server.to(chat.room()).emit("chat", chat)); // getRoomOperations(chat.room).sendEvent("chat", chat)
        server.onCall(
                "count",
                String.class,
                (socket, room) -> // ack.sendAckData(…): the return value
                server.in(room).sockets().size()); // getRoomOperations(room).getClients().size()
        server.on(
                "typing",
                socket -> socket.to("lobby") // all except this client
                        .emit("typing", socket.attributes().require(NAME))); // sendEvent("typing", client, name)
        server.onDisconnect(
                (socket, reason) -> // addDisconnectListener
                server.emit("left", socket.attributes().get(NAME))); // getBroadcastOperations().sendEvent("left", name)
        // docs: end
    }
}
