package io.everwire.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.Host;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.examples.ChatDemo;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.json.JsonMapper;

/** The demo with its own pages in Chromium and official Node clients. Each client receives the messages of all others. */
@Tag("once")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChatDemoTest {
    private static final String TEXT = "é € 😀 </script><img src=x onerror=alert(1)> \u2028 \"'&amp;";
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private final Agent agent = new Agent();
    private final SocketIoServer server = SocketIoServer.create(ServerOptions.builder()
            .scriptTransports(true)
            .clientFiles(Site.CLIENTS)
            .build());
    private final List<String> pages = new ArrayList<>();
    private final List<String> nodes = new ArrayList<>();
    private Host netty;

    @BeforeAll
    void start() throws Exception {
        netty = ChatDemo.start(server, new InetSocketAddress("127.0.0.1", 0));
        Files.createDirectories(SCREENSHOTS);
    }

    @AfterAll
    void stop() throws Exception {
        agent.close();
        server.close();
        netty.close().join();
    }

    @Test
    @Order(1)
    void allClientsConnect() {
        node("node websocket", Map.of("transports", List.of("websocket")));
        node("node polling", Map.of("transports", List.of("polling")));
        node("node upgrade", Map.of());
        agent.inbox("node upgrade").take("upgrade", "[\"websocket\"]");
        for (String transport : List.of("websocket", "polling", "upgrade")) {
            page("today " + transport, "/?transport=" + transport);
        }
        for (String build : List.of("0.6", "0.6.1", "0.6.2", "0.6.3")) {
            for (String transport : List.of("websocket", "xhr-polling")) {
                page(build + " " + transport, "/2010.html?build=" + build + "&transport=" + transport);
            }
        }
        assertThat(transport("today upgrade")).contains("websocket");
        assertThat(transport("today polling")).contains("polling");
        assertThat(transport("0.6 websocket")).contains("websocket");
        assertThat(transport("0.6.3 xhr-polling")).contains("xhr-polling");
        assertThat(server.sockets()).hasSize(nodes.size() + pages.size());
    }

    @Test
    @Order(2)
    void messagesOfPagesReachAll() {
        for (String speaker : pages) {
            String text = TEXT + " from " + speaker;
            agent.order("fill", speaker, "selector", "#text", "text", text);
            agent.order("evaluate", speaker, "script", "document.querySelector('#send').click()");
            nodes.forEach(node -> assertThat(heard(node, text)).isTrue());
            pages.forEach(page -> shows(page, text));
        }
    }

    @Test
    @Order(3)
    void messagesOfNodeClientsReachAll() {
        for (String speaker : nodes) {
            String text = TEXT + " from " + speaker;
            agent.order("emit", speaker, "event", "message", "args", List.of(text));
            nodes.stream()
                    .filter(node -> !node.equals(speaker))
                    .forEach(node -> assertThat(heard(node, text)).isTrue());
            pages.forEach(page -> shows(page, text));
        }
    }

    @Test
    @Order(4)
    void objectsReachAll() {
        agent.order("emit", "node websocket", "event", "message", "args", List.of(Map.of("a", List.of(1, "é"))));
        pages.forEach(page -> shows(page, "{\"a\":[1,\"é\"]}"));
    }

    @Test
    @Order(5)
    void hostileTextsAreShownAsText() {
        for (String page : pages) {
            assertThat(agent.order(
                                    "evaluate",
                                    page,
                                    "script",
                                    "document.querySelectorAll('#log img, #log script').length")
                            .asInt())
                    .isZero();
            assertThat(agent.inbox(page).isEmptyOf("dialog")).isTrue();
            assertThat(agent.inbox(page).isEmptyOf("pageerror")).isTrue();
        }
        for (String transport : List.of("websocket", "polling", "upgrade")) {
            Matrix.works("eio4", "4.8.4", "Chromium", transport);
        }
    }

    @Test
    @Order(6)
    void screenshotsOfBothPages() {
        page("fresh today", "/");
        page("fresh 2010", "/2010.html");
        agent.order("page", "dark", "url", url("/"), "dark", true, "width", 420);
        waitUntilConnected("dark");
        for (Map.Entry<String, String> shot : Map.of(
                        "fresh today", "today.png", "fresh 2010", "2010.png", "dark", "today-dark-narrow.png")
                .entrySet()) {
            Path file = SCREENSHOTS.resolve(shot.getValue()).toAbsolutePath();
            agent.order("screenshot", shot.getKey(), "path", file.toString());
            assertThat(file).isNotEmptyFile();
        }
    }

    @Test
    @Order(7)
    void disconnectionsAreAnnounced() {
        String id = JSON.writeValueAsString(Map.of(
                "announcement",
                agent.order("evaluate", "today websocket", "script", "document.querySelector('#me').textContent")
                                .asString()
                        + " disconnected"));
        agent.order("closePage", "today websocket");
        agent.inbox("node polling").take("message", "[" + id + "]");
    }

    /** One after the other, and last: a browser has at most six endless connections to a server. */
    @Test
    @Order(8)
    void everyTransportOf2010CanBeChosen() {
        pages.stream().filter(page -> !page.equals("today websocket")).forEach(page -> agent.order("closePage", page));
        for (String transport :
                List.of("websocket", "xhr-polling", "jsonp-polling", "htmlfile", "xhr-multipart", "server-events")) {
            String page = "alone " + transport;
            page(page, transport.equals("server-events") ? "/server-events.html" : "/2010.html?transport=" + transport);
            assertThat(transport(page)).isEqualTo(transport);
            agent.order("fill", page, "selector", "#text", "text", TEXT + page);
            agent.order("evaluate", page, "script", "document.querySelector('#send').click()");
            assertThat(heard("node websocket", TEXT + page)).isTrue();
            agent.order("emit", "node websocket", "event", "message", "args", List.of("a\r\nb " + TEXT + transport));
            shows(page, "a\r\nb " + TEXT + transport);
            assertThat(agent.inbox(page).isEmptyOf("dialog")).isTrue();
            assertThat(agent.inbox(page).isEmptyOf("pageerror")).isTrue();
            agent.order("closePage", page);
        }
    }

    private void node(String name, Map<String, Object> options) {
        agent.order("open", name, "url", url(""), "options", options);
        agent.inbox(name).take("connect");
        assertThat(agent.inbox(name).take("message").get(0).has("buffer")).isTrue();
        nodes.add(name);
    }

    private void page(String name, String path) {
        agent.order("page", name, "url", url(path));
        waitUntilConnected(name);
        pages.add(name);
    }

    private void waitUntilConnected(String page) {
        agent.order("waitFor", page, "script", "document.querySelector('#state[data-state=connected]') != null");
    }

    private String transport(String page) {
        return agent.order("evaluate", page, "script", "document.querySelector('#transport').textContent")
                .asString();
    }

    private boolean heard(String node, String text) {
        while (true) {
            if (agent.inbox(node)
                    .take("message")
                    .get(0)
                    .path("message")
                    .path(1)
                    .asString("")
                    .equals(text)) {
                return true;
            }
        }
    }

    private void shows(String page, String text) {
        agent.order(
                "waitFor",
                page,
                "script",
                "[...document.querySelectorAll('#log .text')].some(e => e.textContent === "
                        + JSON.writeValueAsString(text) + ")");
    }

    private String url(String path) {
        return "http://127.0.0.1:" + netty.address().getPort() + path;
    }
}
