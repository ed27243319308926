package io.everwire.conformance.guide;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.everwire.ServerOptions;
import io.everwire.conformance.clients.Agent;
import io.everwire.conformance.clients.Inbox;
import io.everwire.examples.guide.ParserSamples;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** {@code docs/guide/parsers.md}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ParsersGuideTest {
    private static final Map<String, String> MSGPACK = Map.of("parser", "socket.io-msgpack-parser");

    private final Agent agent = new Agent();

    @AfterAll
    void stop() throws Exception {
        agent.close();
    }

    @Test
    void clientsWithBothParsersShareEvents() throws Exception {
        try (Playground ground = new Playground(agent, ParserSamples::measurements)) {
            Client plain = ground.client();
            Inbox sample = ground.run("parsers", "msgpack");
            sample.take("log", "[\"samples\",[0.25,1000000000,-1]]");
            sample.take("log", "[\"frame\",3]");
            plain.inbox.take("samples", "[[0.25,1000000000,-1]]");
            assertThat(plain.inbox.take("frame").get(0).path("data")).hasToString("[1,2,3]");
        }
    }

    @Test
    void aPageTakesTheBundleWithMsgpackInside() throws Exception {
        HttpServer pages = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String origin = "http://127.0.0.1:" + pages.getAddress().getPort();
        ServerOptions options = ServerOptions.builder().origins(origin).build();
        try (Playground ground = new Playground(agent, options, ParserSamples::measurements)) {
            byte[] page = Files.readString(Agent.ROOT.resolve("conformance/js/guide/msgpack.html"))
                    .replace("http://localhost:8080", ground.url())
                    .getBytes(UTF_8);
            pages.createContext("/", exchange -> {
                exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
                exchange.sendResponseHeaders(200, page.length);
                exchange.getResponseBody().write(page);
                exchange.close();
            });
            pages.start();
            agent.order("page", "msgpack page", "url", origin);
            agent.order("waitFor", "msgpack page", "script", "document.title === '0.25 1000000000 -1'");
            agent.order("closePage", "msgpack page");
        } finally {
            pages.stop(0);
        }
    }

    @Test
    void aClientWithAnotherParserIsClosed() throws Exception {
        try (Playground ground = new Playground(agent, ParserSamples.one(), server -> {})) {
            ground.client("/", MSGPACK);
            Client plain = ground.knock("/", Map.of());
            plain.inbox.take("disconnect", "[\"transport close\"]");
            assertThat(plain.inbox.isEmptyOf("connect")).isTrue();
        }
    }

    @Test
    void aCustomMapper() throws Exception {
        try (Playground ground = new Playground(agent, ParserSamples.mapper(), ParserSamples::snakes)) {
            for (Map<String, ?> options : List.of(Map.<String, Object>of(), MSGPACK)) {
                Client client = ground.client("/", options);
                client.emit("order", Map.of("table_number", 7, "dish_name", "soup"));
                client.inbox.take("ordered", "[{\"table_number\":7,\"dish_name\":\"soup\"}]");
            }
        }
    }
}
