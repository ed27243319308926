package io.everwire.conformance.guide;

import io.everwire.conformance.clients.Agent;
import io.everwire.conformance.clients.Inbox;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;

/** An official client 4.8.4 in Node. */
final class Client {
    final Inbox inbox;
    private final Agent agent;
    private final String name;

    /** The id of its socket; empty until it is connected. */
    String id = "";

    Client(Agent agent, String name) {
        this.agent = agent;
        this.name = name;
        this.inbox = agent.inbox(name);
    }

    String name() {
        return name;
    }

    void emit(String event, Object... args) {
        agent.order("emit", name, "event", event, "args", Arrays.asList(args));
    }

    /** Emits an event, waits for the ack and returns its first value. */
    JsonNode call(String event, Object... args) {
        return agent.order("call", name, "event", event, "args", Arrays.asList(args));
    }

    /** Emits an event that the server does not answer. Returns the error of the client. */
    String unanswered(String event, Object... args) {
        return agent.order("unanswered", name, "event", event, "args", Arrays.asList(args))
                .asString();
    }

    void close() {
        agent.order("close", name);
    }
}
