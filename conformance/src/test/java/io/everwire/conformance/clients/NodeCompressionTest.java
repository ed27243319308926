package io.everwire.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.DeflateOptions;
import io.everwire.ServerOptions;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compressed WebSockets with the official Node client 4.8.4 (ws 8), which offers compression by default. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeCompressionTest {
    private final Agent agent = new Agent();

    @AfterAll
    void stop() throws Exception {
        agent.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void messagesOfAllSizesArriveUnchanged(boolean takeover) throws Exception {
        DeflateOptions deflate =
                DeflateOptions.builder().contextTakeover(takeover).build();
        try (Site site = site(ServerOptions.builder().perMessageDeflate(deflate))) {
            String name = "takeover " + takeover;
            open(site, name);
            assertThat(agent.order("extensions", name).asString()).isEqualTo("permessage-deflate");
            Random random = new Random(3);
            for (int size : List.of(0, 1, 1000, 1020, 1024, 5000, 100_000, 700_000)) {
                StringBuilder text = new StringBuilder();
                while (text.length() < size) {
                    text.append(Integer.toHexString(random.nextInt())).append(" é€ ");
                }
                text.setLength(size);
                assertThat(agent.order("call", name, "event", "same", "args", List.of(text.toString()))
                                .asString())
                        .isEqualTo(text.toString());
            }
            agent.order("emit", name, "event", "plain", "args", List.of("y".repeat(5000)));
            assertThat(agent.inbox(name).take("plain").get(0).asString()).isEqualTo("y".repeat(5000));
        }
    }

    @Test
    void binaryIsCompressedToo() throws Exception {
        try (Site site = site(ServerOptions.builder().perMessageDeflate(DeflateOptions.DEFAULTS))) {
            open(site, "binary");
            agent.order("emitBytes", "binary", "event", "bytes", "bytes", Collections.nCopies(3000, 7));
            assertThat(agent.inbox("binary").take("bytes").get(0).path("data").size())
                    .isEqualTo(3000);
        }
    }

    @Test
    void withoutTheOptionNothingIsNegotiated() throws Exception {
        try (Site site = site(ServerOptions.builder())) {
            open(site, "off");
            assertThat(agent.order("extensions", "off").asString()).isEmpty();
        }
    }

    private static Site site(ServerOptions.Builder options) throws Exception {
        Site site = new Site(options.build());
        site.server().onCall("same", String.class, (socket, text) -> text);
        site.server()
                .on(
                        "plain",
                        String.class,
                        (socket, text) -> socket.compress(false).emit("plain", text));
        site.server().on("bytes", byte[].class, (socket, bytes) -> socket.emit("bytes", (Object) bytes));
        return site;
    }

    private void open(Site site, String name) {
        agent.order("open", name, "url", site.url(""), "options", Map.of("transports", List.of("websocket")));
        agent.inbox(name).take("connect");
    }
}
