package io.everwire.benchmarks.hosts;

import io.everwire.benchmarks.servers.Payload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.util.MultiValueMap;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;
import org.springframework.web.socket.handler.ConcurrentWebSocketSessionDecorator;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.json.JsonMapper;

/** Answers the events of the load as an application of Spring would: it binds each payload and writes it again. */
final class SpringHandler extends AbstractWebSocketHandler {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int SEND_TIME_LIMIT = 10_000;
    private static final int BUFFER_SIZE_LIMIT = 1 << 20;

    /** A client: what it joined, and where it publishes. */
    private record Client(WebSocketSession session, MultiValueMap<String, String> query) {
        void send(String text) {
            try {
                session.sendMessage(new TextMessage(text));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final Map<String, Client> clients = new ConcurrentHashMap<>();
    private final boolean concurrent;
    private final List<Client> room = new CopyOnWriteArrayList<>();

    /** @param concurrent whether sessions accept messages of several threads */
    SpringHandler(boolean concurrent) {
        this.concurrent = concurrent;
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) {
        URI target = Objects.requireNonNull(session.getUri());
        Client client = new Client(
                concurrent
                        ? session
                        : new ConcurrentWebSocketSessionDecorator(session, SEND_TIME_LIMIT, BUFFER_SIZE_LIMIT),
                UriComponentsBuilder.fromUri(target).build().getQueryParams());
        clients.put(session.getId(), client);
        if (client.query.containsKey("join")) {
            room.add(client);
        }
        client.send(
                "0{\"sid\":\"" + session.getId() + "\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000}");
    }

    @Override
    protected void handleTextMessage(WebSocketSession session, TextMessage message) {
        Client client = Objects.requireNonNull(clients.get(session.getId()));
        String text = message.getPayload();
        int array = text.indexOf('[');
        if (text.equals("40")) {
            client.send("40{\"sid\":\"" + session.getId() + "\"}");
        } else if (text.startsWith("451-")) {
            client.send(text); // the bytes follow
        } else if (array > 0) {
            event(client, text.substring(2, array), text, array);
        }
    }

    private void event(Client client, String ack, String text, int array) {
        int name = text.indexOf('"', array + 2);
        Payload payload = JSON.readValue(text.substring(name + 2, text.length() - 1), Payload.class);
        String json = JSON.writeValueAsString(payload);
        switch (text.substring(array + 2, name)) {
            case "echo" -> client.send("42[\"echo\"," + json + "]");
            case "ack" -> client.send("43" + ack + "[" + json + "]");
            case "publish" -> publish("42[\"news\"," + json + "]");
            default -> throw new IllegalArgumentException(text);
        }
    }

    private void publish(String text) {
        room.forEach(member -> member.send(text));
    }

    @Override
    protected void handleBinaryMessage(WebSocketSession session, BinaryMessage message) {
        try {
            Objects.requireNonNull(clients.get(session.getId())).session.sendMessage(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        Client gone = clients.remove(session.getId());
        if (gone != null) {
            room.remove(gone);
        }
    }
}
