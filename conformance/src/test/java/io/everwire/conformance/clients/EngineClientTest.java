package io.everwire.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.GenerationOptions;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Engine.IO clients inside the Socket.IO clients 2.5.0 and 4.8.4, in one room. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EngineClientTest {
    private static final String TEXT = "é € 😀 </script> \u2028 \" \\ 2[\"x\"]";
    private static final long TIMEOUT_SECONDS = 60;

    private final Agent agent = new Agent();
    private final BlockingQueue<Socket> joined = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> left = new LinkedBlockingQueue<>();
    private Site site;

    @BeforeAll
    void start() throws Exception {
        site = new Site(ServerOptions.builder()
                .path("/engine.io")
                .generations(GenerationOptions.builder().engineOnly(true).build())
                .build());
        site.server().onConnection(socket -> {
            socket.join("room");
            joined.add(socket);
        });
        site.server().onMessage((socket, message) -> site.server().to("room").send(message));
        site.server().onDisconnect((socket, reason) -> left.add(reason.toString()));
    }

    @AfterAll
    void stop() throws Exception {
        agent.close();
        site.close();
    }

    @ParameterizedTest
    @CsvSource({"polling", "websocket", "polling websocket"})
    void messagesAreEchoedUnchanged(String transports) throws Exception {
        String three = "3 " + transports;
        String four = "4 " + transports;
        open(three, "2.5.0", transports);
        open(four, "", transports);
        for (String sender : List.of(three, four)) {
            agent.order("sendEngine", sender, "text", TEXT);
            agent.order("sendEngine", sender, "bytes", List.of(4, 0, 255));
            agent.order("sendEngine", sender, "text", "");
            for (String hearer : List.of(three, four)) {
                assertThat(agent.inbox(hearer).take("message").get(0).asString())
                        .isEqualTo(TEXT);
                assertThat(agent.inbox(hearer).take("message").toString()).isEqualTo("[[4,0,255]]");
                assertThat(agent.inbox(hearer).take("message").toString()).isEqualTo("[\"\"]");
            }
        }
        for (String name : List.of(three, four)) {
            agent.order("close", name);
            agent.inbox(name).take("close", "[\"forced close\"]");
            assertThat(left.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isEqualTo("transport close");
        }
    }

    private void open(String name, String version, String transports) throws InterruptedException {
        List<String> listed = List.of(transports.split(" "));
        agent.order(
                "openEngine", name, "version", version, "url", site.url(""), "options", Map.of("transports", listed));
        agent.inbox(name).take("open", "[\"" + listed.get(0) + "\"]");
        assertThat(joined.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isNotNull();
        if (listed.size() == 2) {
            agent.inbox(name).take("upgrade", "[\"websocket\"]");
        }
    }
}
