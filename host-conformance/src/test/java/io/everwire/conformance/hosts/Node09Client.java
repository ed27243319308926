package io.everwire.conformance.hosts;

import io.everwire.Socket;
import io.everwire.conformance.clients.Agent;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Client 0.9.17 in Node. */
final class Node09Client implements HostedClient {
    private static final JsonMapper JSON = new JsonMapper();

    private final Agent agent;
    private final String transport;
    private final String name;

    Node09Client(Agent agent, String host, String transport) {
        this.agent = agent;
        this.transport = transport;
        this.name = host + " 0.9.17 " + transport;
    }

    @Override
    public String title() {
        return "0.9.17 | Node";
    }

    @Override
    public String way() {
        return transport;
    }

    @Override
    public boolean hasBytes() {
        return false;
    }

    @Override
    public void open(int port) {
        Map<String, Object> options = Map.of(
                "reconnect", true,
                "reconnection delay", 100,
                "reconnection limit", 500,
                // Until the second host has started.
                "max reconnection attempts", 1_000);
        agent.order(
                "open09",
                name,
                "url",
                "http://127.0.0.1:" + port,
                "transports",
                List.of(transport),
                "options",
                options);
        // Its transports are a setting of all clients: the next one must not be opened before this one has read it.
        agent.inbox(name).take("connect");
    }

    @Override
    public void awaitConnected(Socket socket) {
        Eventually.is(socket::transport, transport);
    }

    @Override
    public void echo(String text) {
        agent.order("send09", name, "text", text);
        agent.inbox(name).take("message", JSON.writeValueAsString(List.of(text)));
    }

    @Override
    public String call(String text) {
        return agent.order("call09", name, "event", "turn", "args", List.of(text))
                .asString();
    }

    @Override
    public void hear(String text) {
        agent.inbox(name).take("news", JSON.writeValueAsString(List.of(text)));
    }

    @Override
    public void close() {
        agent.order("disconnect09", name);
    }
}
