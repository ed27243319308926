package io.everwire.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.conformance.clients.Agent;
import io.everwire.examples.guide.Messages;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** {@code docs/guide/messages.md}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MessagesGuideTest {
    private final Agent agent = new Agent();

    @AfterAll
    void stop() throws Exception {
        agent.close();
    }

    @Test
    void aMessageIsTheEventMessage() throws Exception {
        try (Playground ground = new Playground(agent, Messages::relay)) {
            Client one = ground.client();
            Client two = ground.client();
            one.inbox.take("message", "[\"welcome\"]");
            two.inbox.take("message", "[\"welcome\"]");
            one.emit("message", "hello");
            two.inbox.take("message", "[\"hello\"]");
            assertThat(one.inbox.isEmptyOf("message")).isTrue();
        }
    }

    @Test
    void messagesCarryJson() throws Exception {
        try (Playground ground = new Playground(agent, server -> {})) {
            Client client = ground.client();
            Messages.news(ground.server());
            assertThat(client.inbox.take("message").get(0).path("degrees").asInt())
                    .isEqualTo(12);
            client.inbox.take("news", "[\"rain\",12]");
        }
    }

    @Test
    void aClient09ReceivesTheSameMessages() throws Exception {
        try (Playground ground = new Playground(agent, Messages::relay)) {
            String name = ground.name();
            agent.order("open09", name, "url", ground.url(), "transports", List.of("websocket"));
            agent.inbox(name).take("message", "[\"welcome\"]");
            agent.inbox(name).take("connect");
            ground.client().emit("message", "hello from today");
            agent.inbox(name).take("message", "[\"hello from today\"]");
            agent.order("disconnect09", name);
        }
    }
}
