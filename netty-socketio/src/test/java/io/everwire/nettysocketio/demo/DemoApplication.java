package io.everwire.nettysocketio.demo;

import com.corundumstudio.socketio.AckCallback;
import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.AuthTokenResult;
import com.corundumstudio.socketio.AuthorizationResult;
import com.corundumstudio.socketio.BroadcastAckCallback;
import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.MultiTypeAckCallback;
import com.corundumstudio.socketio.MultiTypeArgs;
import com.corundumstudio.socketio.SocketConfig;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIONamespace;
import com.corundumstudio.socketio.SocketIOServer;
import com.corundumstudio.socketio.VoidAckCallback;
import com.corundumstudio.socketio.listener.DataListener;
import com.corundumstudio.socketio.listener.ExceptionListenerAdapter;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketType;
import io.netty.channel.ChannelHandlerContext;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * An application of netty-socketio: the calls of its public demo (chat, acks, namespaces, binary data, TLS), authorization, rooms and
 * annotations. The tests compile this file with netty-socketio and with the façade, and run both.
 */
public final class DemoApplication implements Function<Map<String, Object>, Runnable> {
    private Queue<String> log;
    private SocketIOServer server;

    /** Starts the application; the settings are {@code port}, {@code log} and {@code keyStore}, which may be missing. */
    @Override
    @SuppressWarnings("unchecked")
    public Runnable apply(Map<String, Object> settings) {
        log = (Queue<String>) settings.get("log");
        Configuration configuration = new Configuration();
        configuration.setHostname("localhost");
        configuration.setPort((Integer) settings.get("port"));
        SocketConfig sockets = new SocketConfig();
        sockets.setReuseAddress(true);
        sockets.setAcceptBackLog(128);
        configuration.setSocketConfig(sockets);
        if (settings.get("keyStore") != null) {
            configuration.setKeyStorePassword("test1234");
            configuration.setKeyStore(new ByteArrayInputStream((byte[]) settings.get("keyStore")));
        }
        configuration.setAuthorizationListener(data -> {
            Map<String, Object> store = new HashMap<>();
            store.put("city", String.valueOf(data.getSingleUrlParam("city")));
            return new AuthorizationResult(!"false".equals(data.getSingleUrlParam("invited")), store);
        });
        configuration.setExceptionListener(new Failures());
        server = new SocketIOServer(configuration);
        chat();
        acks();
        binary();
        rooms();
        namespaces();
        others();
        server.start();
        return server::stop;
    }

    private void chat() {
        server.addConnectListener(client -> log.add("connected " + client.get("city")
                + " " + client.getTransport().getValue()
                + " " + client.getEngineIOVersion()
                + " " + client.getHandshakeData().getHttpHeaders().get("User-Agent")));
        server.addDisconnectListener(client -> log.add("disconnected " + client.get("city")));
        server.addEventListener("chatevent", ChatObject.class, new DataListener<ChatObject>() {
            @Override
            public void onData(SocketIOClient client, ChatObject data, AckRequest ackRequest) {
                server.getBroadcastOperations().sendEvent("chatevent", data);
            }
        });
    }

    private void acks() {
        server.addEventListener("ackevent1", ChatObject.class, new DataListener<ChatObject>() {
            @Override
            public void onData(final SocketIOClient client, ChatObject data, final AckRequest ackRequest) {
                if (ackRequest.isAckRequested()) {
                    ackRequest.sendAckData("client message was delivered to server!", "yeah!");
                    ackRequest.sendAckData("a second ack");
                }
                client.sendEvent(
                        "ackevent2",
                        new AckCallback<String>(String.class) {
                            @Override
                            public void onSuccess(String result) {
                                log.add("ack " + result);
                            }
                        },
                        new ChatObject(data.getUserName(), "message with ack data"));
                client.sendEvent(
                        "ackevent3",
                        new VoidAckCallback() {
                            @Override
                            protected void onSuccess() {
                                log.add("void ack");
                            }
                        },
                        new ChatObject(data.getUserName(), "message with void ack"));
                client.sendEvent(
                        "ackevent4",
                        new MultiTypeAckCallback(String.class, Integer.class) {
                            @Override
                            public void onSuccess(MultiTypeArgs result) {
                                log.add("acks " + result.first() + " " + result.<Integer>get(1) + " " + result.size());
                            }
                        },
                        "many");
                client.sendEvent(
                        "ackevent5",
                        new AckCallback<String>(String.class, 1) {
                            @Override
                            public void onSuccess(String result) {
                                log.add("unexpected " + result);
                            }

                            @Override
                            public void onTimeout() {
                                log.add("no ack in a second");
                            }
                        },
                        "never answered");
            }
        });
        server.addEventListener("automatic", String.class, (client, data, ack) -> log.add("automatic " + data));
        server.addEventListener("failing", String.class, (client, data, ack) -> {
            throw new IllegalStateException("failed with " + data);
        });
        server.addEventListener(
                "requested", String.class, (client, data, ack) -> log.add(data + " " + ack.isAckRequested()));
    }

    private void binary() {
        server.addEventListener("msg", byte[].class, (client, data, ack) -> client.sendEvent("msg", data));
        server.addEventListener("picture", Picture.class, (client, data, ack) -> {
            data.bytes[0]++;
            client.sendEvent("picture", data);
            ack.sendAckData(data.name, data.bytes);
        });
        server.addEventListener(
                "anything",
                Object.class,
                (client, data, ack) ->
                        ack.sendAckData(data == null ? "null" : data.getClass().getSimpleName(), data));
        server.addEventListener(
                "map",
                Map.class,
                (client, data, ack) ->
                        ack.sendAckData(data.get("file").getClass().getSimpleName()));
    }

    private void rooms() {
        server.addEventListener("join", String.class, (client, room, ack) -> {
            client.joinRoom(room);
            TreeSet<String> rooms = new TreeSet<>(client.getAllRooms());
            // netty-socketio has a room with the name of the namespace.
            rooms.remove(client.getNamespace().getName());
            ack.sendAckData(client.getCurrentRoomSize(room), rooms);
        });
        server.addEventListener("leave", String.class, (client, room, ack) -> {
            client.leaveRoom(room);
            ack.sendAckData(server.getRoomOperations(room).getClients().size());
        });
        server.addEventListener("room", String.class, (client, room, ack) -> {
            server.getRoomOperations(room).sendEvent("room", "all");
            server.getRoomOperations(room).sendEvent("room", client, "others");
            server.getRoomOperations(room)
                    .sendEvent("room", other -> !other.getSessionId().equals(client.getSessionId()), "self");
        });
        server.addEventListener(
                "ask room",
                String.class,
                (client, room, ack) -> server.getRoomOperations(room)
                        .sendEvent("question", "who?", new BroadcastAckCallback<String>(String.class) {
                            @Override
                            protected void onClientSuccess(SocketIOClient answering, String result) {
                                log.add("answer " + result);
                            }

                            @Override
                            protected void onAllSuccess() {
                                log.add("all answered");
                            }
                        }));
        server.addEventListener(
                "find me",
                String.class,
                (client, data, ack) -> ack.sendAckData(
                        server.getClient(client.getSessionId()) == client,
                        server.getAllClients().contains(client),
                        client.getSessionId().toString().length()));
    }

    private void namespaces() {
        for (String name : List.of("/chat1", "/chat2")) {
            SocketIONamespace namespace = server.addNamespace(name);
            namespace.addEventListener("message", ChatObject.class, (client, data, ack) -> {
                data.setMessage(
                        data.getMessage() + " in " + client.getNamespace().getName());
                namespace.getBroadcastOperations().sendEvent("message", data);
            });
            namespace.addEventListener(
                    "city",
                    Void.class,
                    (client, data, ack) -> ack.sendAckData(
                            client.<String>get("city"), server.getClient(client.getSessionId()) != null));
        }
        SocketIONamespace guarded = server.addNamespace("/guarded");
        guarded.addAuthTokenListener((token, client) -> {
            Object secret = token instanceof Map ? ((Map<?, ?>) token).get("secret") : null;
            return "open sesame".equals(secret)
                    ? AuthTokenResult.AuthTokenResultSuccess
                    : new AuthTokenResult(false, Map.of("message", "no entry"));
        });
        guarded.addConnectListener(
                client -> client.sendEvent("inside", client.getHandshakeData().getAuthToken()));
        server.addNamespace("/desk").addListeners(new Desk(log));
    }

    private void others() {
        server.addMultiTypeEventListener(
                "many",
                (client, args, ack) -> ack.sendAckData(args.size(), args.second(), args.first()),
                String.class,
                Integer.class,
                ChatObject.class);
        server.addEventListener("intercepted", String.class, (client, data, ack) -> {});
        server.addEventInterceptor((client, event, args, ack) -> {
            if (event.equals("intercepted")) {
                ack.sendAckData("seen " + args);
            }
        });
        server.addEventListener("packet", String.class, (client, data, ack) -> {
            Packet packet = new Packet(PacketType.MESSAGE, client.getEngineIOVersion());
            packet.setSubType(PacketType.EVENT);
            packet.setName("packet");
            packet.setData(Arrays.asList(data, 7));
            client.send(packet);
        });
        server.addEventListener("store", String.class, (client, data, ack) -> {
            client.set("note", data);
            boolean known = client.has("note");
            String note = client.get("note");
            client.del("note");
            ack.sendAckData(known, note, client.has("note"));
        });
        server.addEventListener("removed", String.class, (client, data, ack) -> log.add("unexpected"));
        server.removeAllListeners("removed");
        server.addEventListener("leave me", String.class, (client, data, ack) -> client.disconnect());
    }

    private final class Failures extends ExceptionListenerAdapter {
        @Override
        public void onEventException(Exception e, List<Object> args, SocketIOClient client) {
            log.add("failure " + e.getMessage() + " " + args);
        }

        @Override
        public void onAuthException(Throwable e, SocketIOClient client) {
            log.add("failure of auth " + e.getMessage());
        }

        @Override
        public boolean exceptionCaught(ChannelHandlerContext ctx, Throwable e) {
            return true;
        }
    }
}
