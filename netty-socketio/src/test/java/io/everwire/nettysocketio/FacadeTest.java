package io.everwire.nettysocketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.corundumstudio.socketio.AckMode;
import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIONamespace;
import com.corundumstudio.socketio.SocketIOServer;
import com.corundumstudio.socketio.annotation.OnEvent;
import com.corundumstudio.socketio.annotation.SpringAnnotationScanner;
import com.corundumstudio.socketio.protocol.JacksonJsonSupport;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketType;
import com.corundumstudio.socketio.store.RedissonStoreFactory;
import com.corundumstudio.socketio.transport.NamespaceClient;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.everwire.netty.RouteResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** The façade beyond the calls that it shares with netty-socketio. */
class FacadeTest {
    private final List<AutoCloseable> open = new ArrayList<>();
    private final BlockingQueue<Object> log = new LinkedBlockingQueue<>();
    private SocketIOServer server;

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private void start(Configuration configuration, Consumer<SocketIOServer> setup) {
        configuration.setHostname("localhost");
        configuration.setPort(0);
        server = new SocketIOServer(configuration);
        open.add(server::stop);
        setup.accept(server);
        server.start();
    }

    private int port() {
        return server.everwire().host().address().getPort();
    }

    private Visitor visitor() {
        Visitor visitor = Visitor.of("http://localhost:" + port() + "/", options -> options);
        open.add(0, visitor);
        return visitor;
    }

    private static <T> T take(BlockingQueue<T> queue) throws InterruptedException {
        return Visitor.take(queue);
    }

    @Test
    void bothApisHaveTheSameClientsAndRooms() throws Exception {
        start(new Configuration(), created -> {
            created.addEventListener("old", String.class, (client, room, ack) -> {
                client.joinRoom(room);
                log.add(((NamespaceClient) client).everwire().rooms().contains(room));
                ack.sendAckData();
            });
            created.everwire()
                    .on(
                            "new",
                            String.class,
                            (socket, room) -> created.everwire()
                                    .to(room)
                                    .emit(
                                            "told",
                                            created.getRoomOperations(room)
                                                    .getClients()
                                                    .size()));
        });
        Visitor ann = visitor().listen("told").connect();

        ann.ask("old", "a");
        ann.emit("new", "a");

        assertThat(take(log)).isEqualTo(true);
        assertThat(ann.next()).isEqualTo(List.of(1));
    }

    @Test
    void aClientKnowsItsSessionId() throws Exception {
        start(new Configuration(), created -> {
            created.addNamespace("/other");
            created.addEventListener(
                    "my id", String.class, (client, data, ack) -> ack.sendAckData(client.getSessionId()));
        });
        Visitor ann = visitor().connect();
        Visitor other = ann.in("/other", java.util.Map.of()).connect();

        assertThat(ann.ask("my id", "")).isEqualTo(List.of(ann.socket().id()));
        assertThat(other.socket().id()).isEqualTo(ann.socket().id());
        assertThat(server.getClient(java.util.UUID.fromString(ann.socket().id())))
                .isNotNull();
    }

    @Test
    void broadcastsOfTheServerReachAllNamespaces() throws Exception {
        start(new Configuration(), created -> created.addNamespace("/other"));
        Visitor ann = visitor().listen("news").connect();
        Visitor other = ann.in("/other", java.util.Map.of()).listen("news").connect();

        server.getBroadcastOperations().sendEvent("news", 1);
        server.getRoomOperations().sendEvent("news", "nobody");
        server.getNamespace("/other").getBroadcastOperations().sendEvent("news", 2);
        server.getNamespace("").getBroadcastOperations().sendEvent("news", 3);

        assertThat(List.of(ann.next(), ann.next())).containsExactly(List.of(1), List.of(3));
        assertThat(List.of(other.next(), other.next())).containsExactly(List.of(1), List.of(2));
    }

    @Test
    void aRemovedNamespaceIsClosed() throws Exception {
        start(new Configuration(), created -> created.addNamespace("/other"));
        Visitor ann = visitor().connect();
        ann.in("/other", java.util.Map.of()).listen("disconnect").connect();
        SocketIONamespace other = server.getNamespace("/other");

        server.removeNamespace("/other");

        assertThat(server.getNamespace("/other")).isNull();
        assertThat(server.getAllNamespaces())
                .extracting(SocketIONamespace::getName)
                .containsExactly("");
        assertThat(visitor().connect().in("/other", java.util.Map.of()).knock()).contains("Invalid namespace");
        assertThat(server.addNamespace("/other")).isSameAs(other);
        visitor().connect().in("/other", java.util.Map.of()).connect();
    }

    @Test
    void anAckMayBeSentLater() throws Exception {
        Configuration configuration = new Configuration();
        configuration.setAckMode(AckMode.MANUAL);
        BlockingQueue<AckRequest> kept = new LinkedBlockingQueue<>();
        start(
                configuration,
                created -> created.addEventListener("later", String.class, (client, data, ack) -> kept.add(ack)));
        Visitor ann = visitor().connect();
        BlockingQueue<Object> acks = new LinkedBlockingQueue<>();
        ann.socket().emit("later", new Object[] {"x"}, values -> acks.add(values[0]));

        AckRequest ack = take(kept);
        assertThat(acks).isEmpty();
        ack.sendAckData("done");

        assertThat(take(acks)).isEqualTo("done");
    }

    @Test
    void everwireOptionsAndRoutesMayBeAdded() throws Exception {
        Configuration configuration = new Configuration();
        configuration.options(options -> options.origins("https://app.example.com"));
        configuration.host(host -> host.route("GET", "/health", request -> RouteResponse.text("up")));
        start(configuration, created -> {});

        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port() + "/health"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(response.body()).isEqualTo("up");
        assertThat(server.everwire().options().origins()).containsExactly("https://app.example.com");
    }

    @Test
    void theMapperMayBeChanged() throws Exception {
        Configuration configuration = new Configuration();
        configuration.setJsonSupport(new JacksonJsonSupport() {
            @Override
            protected void init(ObjectMapper mapper) {
                super.init(mapper);
                mapper.setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
                mapper.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
            }
        });
        start(
                configuration,
                created -> created.addEventListener(
                        "chat",
                        io.everwire.nettysocketio.demo.ChatObject.class,
                        (client, chat, ack) -> ack.sendAckData(chat)));

        Object ack = visitor()
                .connect()
                .ask("chat", new JSONObject().put("user_name", "Ann"))
                .get(0);

        assertThat(ack.toString()).isEqualTo("{\"user_name\":\"Ann\"}");
    }

    @Test
    void springBeansWithAnnotationsAreAdded() throws Exception {
        start(new Configuration(), created -> {
            AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
            context.registerBean(SpringAnnotationScanner.class, () -> new SpringAnnotationScanner(created));
            context.registerBean(Bean.class);
            context.refresh();
            open.add(context::close);
        });

        assertThat(visitor().connect().ask("bean", "x").toString()).isEqualTo("[x of a bean]");
    }

    static class Bean {
        @OnEvent("bean")
        void on(SocketIOClient client, String data, AckRequest ack) {
            ack.sendAckData(data + " of a bean");
        }
    }

    @Test
    void whatHasNoCounterpartNamesTheWay() {
        Configuration heartbeats = new Configuration();
        heartbeats.setPingInterval(0);
        start(new Configuration(), created -> {});
        Packet packet = new Packet(PacketType.MESSAGE);
        packet.setSubType(PacketType.ACK);

        assertThatThrownBy(RedissonStoreFactory::new)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("adapter");
        assertThatThrownBy(() -> server.addPingListener(client -> {}))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("addDisconnectListener");
        assertThatThrownBy(() -> server.getBroadcastOperations().send(packet))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> new SocketIOServer(heartbeats))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pingInterval");
        assertThatThrownBy(() -> server.addListeners(new Object() {
                    @OnEvent("twice")
                    void on(SocketIOClient one, SocketIOClient two) {}
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SocketIOClient");
    }

    @Test
    void aStoppedServerDoesNotStartAgain() {
        start(new Configuration(), created -> {});
        server.stop();

        assertThatThrownBy(server::start).isInstanceOf(IllegalStateException.class);
        assertThat(server.startAsync().isSuccess()).isFalse();
    }
}
