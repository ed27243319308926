package io.everwire.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.Namespace;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.conformance.clients.Agent;
import io.everwire.conformance.clients.Inbox;
import io.everwire.examples.guide.CheatSheet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** {@code docs/guide/cheat-sheet.md}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CheatSheetGuideTest {
    /** A buffer of Node as JSON. */
    private static final String BYTES = "{\"type\":\"Buffer\",\"data\":[1,2,3]}]";

    /** A volatile event would be dropped for a client that is between two polls. */
    private static final Map<String, ?> WEBSOCKET = Map.of("transports", List.of("websocket"));

    private final Agent agent = new Agent();

    @AfterAll
    void stop() throws Exception {
        agent.close();
    }

    @Test
    void oneClient() throws Exception {
        try (Playground ground = new Playground(agent, server -> {})) {
            Client one = ground.client("/", WEBSOCKET);
            Client other = ground.client("/", WEBSOCKET);
            Socket socket = ground.server().sockets().get(one.id);
            CheatSheet.one(socket, ground.server(), other.id, new byte[] {1, 2, 3});
            end(ground, one, other);

            expect(one, "hello", "[]", "[\"Ada\",7,{\"x\":3,\"y\":4},[1,2]]");
            expect(one, "list", "[[\"a\",\"b\"]]");
            expect(one, "photo", "[\"cat\"," + BYTES, "[\"dog\"," + BYTES);
            expect(one, "message", "[\"hello\"]");
            expect(one, "position", "[3,4]", "[5,6]");
            expect(other, "hello", "[]");
        }
    }

    @Test
    void theOthers() throws Exception {
        try (Playground ground = new Playground(agent, server -> {})) {
            Socket sender = ground.server().sockets().get(ground.client("/", WEBSOCKET).id);
            sender.join("red");
            Client red = joined(ground, "red");
            Client both = joined(ground, "red", "blue");
            Client none = joined(ground);
            CheatSheet.others(sender);
            end(ground, red, both, none);

            String all = news("all others in the namespace");
            String room = news("the others in a room");
            String rooms = news("the others in one of these rooms, once");
            String except = news("the others in red, but not in blue");
            String outside = news("the others outside a room");
            String now = news("the others in a room that can take it now");
            expect(red, "news", all, room, rooms, except, outside, now);
            expect(both, "news", all, room, rooms, now);
            expect(none, "news", all, outside);
            for (Client client : List.of(red, both, none)) {
                expect(client, "message", news("a message to all others"));
            }
        }
    }

    @Test
    void manyClients() throws Exception {
        try (Playground ground = new Playground(agent, server -> {})) {
            Client red = joined(ground, "red");
            Client both = joined(ground, "red", "blue");
            Client none = joined(ground);
            CheatSheet.many(ground.server(), List.of("red", "blue"));
            end(ground, red, both, none);

            String all = news("all clients of the namespace /");
            String room = news("a room");
            String in = news("the same: in and to are one");
            String several = news("several rooms, each client once");
            String list = news("the rooms of a list");
            String except = news("red, but not blue");
            String outside = news("all outside a room");
            String now = news("all that can take it now");
            String plain = news("all, without compression");
            String local = news("the clients of this server only, in a cluster");
            expect(red, "news", all, room, in, several, list, except, outside, now, plain, local);
            expect(both, "news", all, room, in, several, list, now, plain, local);
            expect(none, "news", all, outside, now, plain, local);
            for (Client client : List.of(red, both, none)) {
                expect(client, "message", news("a message to all clients"));
            }
        }
    }

    @Test
    void namespaces() throws Exception {
        try (Playground ground = new Playground(agent, server -> {
            server.of("/chat");
            server.of(Pattern.compile("/game-\\d+"));
        })) {
            Client root = ground.client("/", WEBSOCKET);
            Client chat = ground.client("/chat", Map.of());
            Client red = ground.client("/chat", Map.of());
            Client game = ground.client("/game-1", Map.of());
            Namespace namespace = ground.server().of("/chat");
            namespace.to(red.id).socketsJoin("red");
            CheatSheet.namespaces(ground.server());
            end(ground, root);
            ground.server().of("/chat").emit("end");
            ground.server().of("/game-1").emit("end");
            for (Client client : List.of(chat, red, game)) {
                client.inbox.take("end");
            }

            expect(chat, "news", news("all of one namespace"));
            expect(red, "news", news("all of one namespace"), news("a room of a namespace"));
            expect(root, "news");
        }
    }

    @Test
    void callsToClients() throws Exception {
        Log log = new Log();
        try (Playground ground = new Playground(agent, server -> {})) {
            Inbox client = ground.run("cheat-sheet", "answering");
            Socket socket = ground.socket();
            socket.join("red");
            CheatSheet.calls(socket, ground.server(), log);
            assertThat(List.of(log.next(), log.next(), log.next(), log.next()))
                    .containsExactlyInAnyOrder("true", "Ada", "[180, cm]", "[Ada]");
            assertThat(client.isEmptyOf("disconnect")).isTrue();
        }
    }

    @Test
    void answersToClients() throws Exception {
        try (Playground ground = new Playground(agent, CheatSheet::answers)) {
            Inbox log = ground.run("cheat-sheet", "client");
            log.take("log", "[7]");
            log.take("log", "[7]");
            log.take("log", "[\"now\"]");
            log.take("log", "[8,5]");
            log.take("log", "[\"refused\"]");
        }
    }

    @Test
    void theMembersOfARoom() throws Exception {
        try (Playground ground = new Playground(agent, server -> {})) {
            Client red = joined(ground, "red");
            Client none = joined(ground);
            CheatSheet.members(ground.server());
            red.inbox.take("turn", news(red.id));
            red.inbox.take("turn", news(red.id));
            end(ground, none);
            expect(none, "turn");
        }
    }

    @Test
    void otherServersAndResults() throws Exception {
        Log log = new Log();
        try (Playground ground = new Playground(agent, server -> {})) {
            CheatSheet.servers(ground.server(), log);
            assertThat(log.next()).as("a server alone has no others").isEqualTo("[]");
            Client client = ground.client("/", WEBSOCKET);
            SocketIoServer server = ground.server();
            Socket socket = server.sockets().get(client.id);
            CheatSheet.result(socket, log);
            client.inbox.take("hello");
            assertThat(log.isEmpty()).isTrue();
            socket.disconnect();
            CheatSheet.result(socket, log);
            assertThat(log.next()).isEqualTo("not connected");
        }
    }

    private static Client joined(Playground ground, String... rooms) throws Exception {
        Client client = ground.client("/", WEBSOCKET);
        ground.server().in(client.id).socketsJoin(rooms);
        return client;
    }

    /** Waits until the clients have all earlier events. */
    private static void end(Playground ground, Client... clients) {
        ground.server().emit("end");
        for (Client client : clients) {
            client.inbox.take("end");
        }
    }

    private static String news(String text) {
        return "[\"" + text + "\"]";
    }

    /** Takes events with these arguments; no other event of this name may have arrived. */
    private static void expect(Client client, String event, String... arguments) {
        for (String expected : arguments) {
            client.inbox.take(event, expected);
        }
        assertThat(client.inbox.isEmptyOf(event)).as("another " + event).isTrue();
    }
}
