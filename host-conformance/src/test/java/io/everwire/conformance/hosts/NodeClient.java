package io.everwire.conformance.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.Socket;
import io.everwire.conformance.clients.Agent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Clients 4.8.4 and 2.5.0 in Node. */
final class NodeClient implements HostedClient {
    private static final JsonMapper JSON = new JsonMapper();

    private final Agent agent;
    private final String version;
    private final List<String> transports;
    private final String name;

    NodeClient(Agent agent, String host, String version, List<String> transports) {
        this.agent = agent;
        this.version = version;
        this.transports = transports;
        this.name = host + " " + version + " " + way();
    }

    private boolean isCurrent() {
        return version.startsWith("4.");
    }

    private boolean upgrades() {
        return transports.size() > 1;
    }

    @Override
    public String title() {
        return version + " | Node";
    }

    @Override
    public String way() {
        return upgrades() ? "upgrade" : transports.get(0);
    }

    @Override
    public void open(int port) {
        Map<String, Object> options = Map.of(
                "transports", transports, "reconnection", true, "reconnectionDelay", 100, "reconnectionDelayMax", 500);
        String url = "http://127.0.0.1:" + port;
        if (isCurrent()) {
            agent.order("open", name, "url", url, "options", options);
        } else {
            agent.order("openBefore3", name, "version", version, "url", url, "options", options);
        }
    }

    @Override
    public void awaitConnected(Socket socket) {
        agent.inbox(name).take("connect");
        Eventually.is(() -> agent.order("transport", name).asString(), upgrades() ? "websocket" : transports.get(0));
        Eventually.is(socket::transport, upgrades() ? "websocket" : transports.get(0));
    }

    @Override
    public void echo(String text) {
        agent.order("emit", name, "event", "echo", "args", List.of(text));
        agent.inbox(name).take("echo", JSON.writeValueAsString(List.of(text)));
    }

    @Override
    public void echo(byte[] bytes) {
        List<Integer> values = new ArrayList<>();
        for (byte each : bytes) {
            values.add(each & 0xFF);
        }
        agent.order("emitBytes", name, "event", "bytes", "bytes", values);
        assertThat(agent.inbox(name).take("bytes").toString()).contains(JSON.writeValueAsString(values));
    }

    @Override
    public String call(String text) {
        String order = isCurrent() ? "call" : "callBefore3";
        return agent.order(order, name, "event", "turn", "args", List.of(text)).asString();
    }

    @Override
    public void hear(String text) {
        agent.inbox(name).take("news", JSON.writeValueAsString(List.of(text)));
    }

    @Override
    public void close() {
        agent.order("close", name);
    }
}
