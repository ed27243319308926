package io.everwire.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everwire.conformance.clients.Agent;
import io.everwire.examples.guide.Rooms;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** {@code docs/guide/rooms.md}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoomsGuideTest {
    private final Agent agent = new Agent();

    @AfterAll
    void stop() throws Exception {
        agent.close();
    }

    @Test
    void theOthersInARoom() throws Exception {
        try (Playground ground = new Playground(agent, Rooms::join)) {
            Client one = ground.client();
            Client two = ground.client();
            Client outside = ground.client();
            one.call("enter", "kitchen");
            two.call("enter", "kitchen");
            one.inbox.take("entered", "[\"" + two.id + "\"]");
            assertThat(two.inbox.isEmptyOf("entered")).isTrue();
            assertThat(outside.inbox.isEmptyOf("entered")).isTrue();
            one.call("leave", "kitchen");
            assertThat(ground.server().in("room kitchen").sockets()).hasSize(1);
        }
    }

    @Test
    void aClientCannotJoinThePrivateRoomOfAnother() throws Exception {
        try (Playground ground = new Playground(agent, Rooms::join)) {
            Client victim = ground.client();
            Client spy = ground.client();
            spy.call("enter", victim.id);
            ground.server().to(victim.id).emit("secret");
            victim.inbox.take("secret");
            ground.server().emit("end");
            spy.inbox.take("end");
            assertThat(spy.inbox.isEmptyOf("secret")).isTrue();
        }
    }

    @Test
    void choicesOfReceivers() throws Exception {
        try (Playground ground = new Playground(agent, server -> {})) {
            Client cook = ground.client();
            Client both = ground.client();
            Client guest = ground.client();
            ground.server().to(cook.id, both.id).socketsJoin("kitchen");
            ground.server().to(both.id).socketsJoin("cellar");
            Rooms.choose(ground.server(), guest.id);
            ground.server().emit("end");

            for (Client client : new Client[] {cook, both, guest}) {
                client.inbox.take("end");
                client.inbox.take("news", "[\"to all sockets\"]");
            }
            String once = "[\"once to each socket in these rooms\"]";
            cook.inbox.take("news", once);
            both.inbox.take("news", once);
            cook.inbox.take("news", "[\"to all sockets outside this room\"]");
            guest.inbox.take("news", "[\"to all sockets outside this room\"]");
            cook.inbox.take("news", "[\"to the sockets in the first room but not in the second\"]");
            guest.inbox.take("news", "[\"to one socket: its id is its private room\"]");
            for (Client client : new Client[] {cook, both, guest}) {
                assertThat(client.inbox.isEmptyOf("news")).isTrue();
            }
        }
    }

    @Test
    void operatorsCanBeKept() throws Exception {
        try (Playground ground = new Playground(agent, Rooms::keep)) {
            Client cook = ground.client();
            Client cellarman = ground.client();
            ground.server().to(cook.id).socketsJoin("kitchen");
            ground.server().to(cellarman.id).socketsJoin("cellar");
            cellarman.emit("order", "soup");
            cook.inbox.take("order", "[\"soup\"]");
            ground.server().emit("end");
            cellarman.inbox.take("end");
            assertThat(cellarman.inbox.isEmptyOf("order")).isTrue();
        }
    }

    @Test
    void aLeavingSocketIsStillInItsRooms() throws Exception {
        try (Playground ground = new Playground(agent, Rooms::farewell)) {
            Client one = ground.client();
            Client two = ground.client();
            ground.server().to(one.id, two.id).socketsJoin("kitchen");
            one.close();
            two.inbox.take("left", "[\"" + one.id + "\",\"client namespace disconnect\"]");
        }
    }

    @Test
    void attributesOfSockets() throws Exception {
        try (Playground ground = new Playground(agent, Rooms::attributes)) {
            Client one = ground.client();
            Client two = ground.client();
            one.call("name", "Ada");
            assertThat(two.call("name of", one.id).asString()).isEqualTo("Ada");
            assertThat(two.call("name of", two.id).isNull()).isTrue();
        }
    }

    @Test
    void manySocketsAtOnce() throws Exception {
        Log log = new Log();
        try (Playground ground = new Playground(agent, server -> {})) {
            Client one = ground.client();
            ground.client();
            ground.server().to(one.id).socketsJoin("cellar");
            Rooms.manage(ground.server(), log);
            assertThat(log.next()).isEqualTo("1");
            one.inbox.take("disconnect", "[\"io server disconnect\"]");
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> ground.server().sockets().size() == 1);
        }
    }
}
