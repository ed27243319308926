package io.everwire.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.ServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Pages of other origins in Chromium, with a visitor's cookies: each request that they can cause, and the part of the
 * response that they can read. Writes the tables of {@code docs/foreign-pages.md}. Fault B3.
 */
@Tag("once")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ForeignPagesTest {
    private static final Path DOCUMENT = Agent.ROOT.resolve("docs/foreign-pages.md");
    private static final JsonMapper JSON = new JsonMapper();

    /** Chromium sends Fetch Metadata to the first host, because it is the own machine, but not to the second. */
    private static final List<String> HOSTS = List.of("127.0.0.1", "chat.example");

    private static final List<String> WAYS = List.of(
            "script", "image", "frame", "form", "blind fetch", "blind post", "fetch", "preflight", "EventSource");
    private static final String SOCKET = "WebSocket";

    /** The only texts that a page of another origin reads: the same for everybody. */
    private static final Set<String> FIXED = Set.of(
            "Error: handshake unauthorized", "Error: handshake bad origin", "Error: jsonp-polling is not served");

    private record Target(String generation, String name, String path) {
        boolean isSocket() {
            return name.endsWith("socket");
        }
    }

    /** The requests that open sessions, and those of transports with an id, which is unknown. */
    private static final List<Target> TARGETS = List.of(
            new Target("gen0", "xhr-polling", "/socket.io/xhr-polling//1"),
            new Target("gen0", "xhr-multipart", "/socket.io/xhr-multipart//1"),
            new Target("gen0", "htmlfile", "/socket.io/htmlfile//1"),
            new Target("gen0", "server-events", "/socket.io/server-events//1"),
            new Target("gen0", "jsonp-polling", "/socket.io/jsonp-polling//1/0"),
            new Target("gen0", "websocket", "/socket.io/websocket"),
            new Target("gen1", "handshake", "/socket.io/1/"),
            new Target("gen1", "handshake by script", "/socket.io/1/?jsonp=0"),
            new Target("gen1", "xhr-polling", "/socket.io/1/xhr-polling/x"),
            new Target("gen1", "htmlfile", "/socket.io/1/htmlfile/x"),
            new Target("gen1", "jsonp-polling", "/socket.io/1/jsonp-polling/x?i=0"),
            new Target("gen1", "disconnection", "/socket.io/1//x/?disconnect=1"),
            new Target("gen1", "websocket", "/socket.io/1/websocket/x"),
            new Target("eio3", "polling", "/socket.io/?EIO=3&transport=polling"),
            new Target("eio3", "jsonp-polling", "/socket.io/?EIO=3&transport=polling&j=0"),
            new Target("eio3", "websocket", "/socket.io/?EIO=3&transport=websocket"),
            new Target("eio4", "polling", "/socket.io/?EIO=4&transport=polling"),
            new Target("eio4", "polling with `j`", "/socket.io/?EIO=4&transport=polling&j=0"),
            new Target("eio4", "websocket", "/socket.io/?EIO=4&transport=websocket"));

    /** The probes that opened a session, with the visitor's cookies or null. */
    private final Map<String, String> opened = new ConcurrentHashMap<>();

    private final Agent agent = new Agent();
    private final List<Site> open = new ArrayList<>();
    private Site closed;
    private Site listing;
    private Site foreign;
    private int pages;

    @BeforeAll
    void start() throws Exception {
        foreign = site(ServerOptions.builder());
        closed = site(ServerOptions.builder());
        listing = site(ServerOptions.builder()
                .scriptTransports(true)
                .origins("http://friend.example:" + foreign.port(), "http://other.example"));
    }

    @AfterAll
    void stop() throws Exception {
        agent.close();
        open.forEach(Site::close);
    }

    private Site site(ServerOptions.Builder options) throws Exception {
        Site site = new Site(options.build());
        open.add(site);
        site.server().engine().onInitialHeaders((headers, request) -> {
            String probe = request.query("probe");
            opened.put(String.valueOf(probe), String.valueOf(request.cookie("visitor")));
        });
        return site;
    }

    @Test
    @Order(1)
    void aPageThatIsNotListedReadsAndStartsNothing() throws Exception {
        Map<String, String> cells = new TreeMap<>();
        String port = ":" + foreign.port();
        for (String host : HOSTS) {
            visit(closed, host);
        }
        // Another port with both policies, another subdomain, another site, a sandboxed frame of the server's own site.
        merge(cells, attack(closed, HOSTS.get(0), "http://127.0.0.1" + port, "no-referrer", false));
        merge(cells, attack(closed, HOSTS.get(1), "http://evil.chat.example" + port, "no-referrer", false));
        merge(cells, attack(listing, HOSTS.get(0), "http://127.0.0.1" + port, "no-referrer", false));
        merge(cells, attack(listing, HOSTS.get(0), "http://127.0.0.1" + port, "unsafe-url", false));
        merge(cells, attack(listing, HOSTS.get(1), "http://evil.chat.example" + port, "no-referrer", false));
        merge(cells, attack(listing, HOSTS.get(1), "http://evil.example" + port, "unsafe-url", false));
        merge(cells, attack(listing, HOSTS.get(0), "", "unsafe-url", true));
        merge(cells, attack(listing, HOSTS.get(1), "", "no-referrer", true));

        assertThat(opened).isEmpty();
        assertThat(closed.server().engine().clientsCount()).isZero();
        assertThat(listing.server().engine().clientsCount()).isZero();
        assertThat(cells.values()).isSubsetOf("–", "text");
        assertDocumented("Pages that are not listed", cells);
    }

    /** The same page finds everything where it may, so that the test above does not pass by mistake. */
    @Test
    @Order(2)
    void aPageThatIsListedReadsAndStartsAlmostEverything() throws Exception {
        Map<String, String> cells =
                attack(listing, HOSTS.get(1), "http://friend.example:" + foreign.port(), "unsafe-url", false);

        assertThat(cells.get("eio4 polling/fetch")).isEqualTo("reads");
        assertDocumented("Listed pages, with JSON-P on", cells);
    }

    @Test
    @Order(3)
    void aPageOfTheServerReadsItsResponsesWithCookies() throws Exception {
        visit(closed, HOSTS.get(0));
        opened.clear();
        Map<String, String> cells = attack(closed, HOSTS.get(0), "", "no-referrer", false);

        assertThat(opened).containsValue("alice");
        assertDocumented("Pages of the server, with JSON-P off", cells);
    }

    /** Stores a cookie of the visitor for a host. */
    private void visit(Site server, String host) {
        String name = "visit " + pages++;
        server.page("/visit", "<!doctype html><script>document.cookie = 'visitor=alice; max-age=600'</script>");
        agent.order("page", name, "url", "http://" + host + ":" + server.port() + "/visit");
        assertThat(agent.order("evaluate", name, "script", "document.cookie").asString())
                .contains("visitor=alice");
        agent.order("closePage", name);
    }

    /**
     * Opens a page that tries everything.
     *
     * @param origin the page's origin; empty for the server's own
     * @param sandboxed whether the page is in a sandboxed frame, so that it has no origin
     */
    private Map<String, String> attack(Site server, String host, String origin, String policy, boolean sandboxed)
            throws Exception {
        String run = "run" + pages++;
        Map<String, String> keys = new TreeMap<>();
        List<Map<String, String>> probes = new ArrayList<>();
        for (Target target : TARGETS) {
            for (String way : target.isSocket() ? List.of(SOCKET) : WAYS) {
                String id = run + "-" + probes.size();
                String path = target.path() + (target.path().contains("?") ? "&" : "?") + "probe=" + id;
                probes.add(Map.of("id", id, "way", way, "url", "http://" + host + ":" + server.port() + path));
                keys.put(id, target.generation() + " " + target.name() + "/" + way);
            }
        }
        String html = Files.readString(Agent.ROOT.resolve("conformance/js/foreign.html"))
                .replace("POLICY", policy)
                .replace("PROBES", JSON.writeValueAsString(probes));
        Site from = origin.isEmpty() ? server : foreign;
        from.page("/" + run, html);
        from.page(
                "/" + run + "-frame",
                "<!doctype html><script>onmessage = (event) => { window.result = event.data; };</script>"
                        + "<iframe sandbox='allow-scripts allow-forms' src='/" + run + "'></iframe>");
        String base = origin.isEmpty() ? "http://" + host + ":" + server.port() : origin;
        agent.order("page", run, "url", base + "/" + run + (sandboxed ? "-frame" : ""));
        agent.order("waitFor", run, "script", "window.result !== undefined");
        JsonNode result = JSON.readTree(agent.order("evaluate", run, "script", "JSON.stringify(window.result)")
                .asString());
        agent.order("closePage", run);
        Map<String, String> cells = new TreeMap<>();
        keys.forEach((id, key) -> cells.put(key, cell(id, result.path(id))));
        assertThat(result.has("frame") && !base.contains(host + ":" + server.port()))
                .as("a frame called its page")
                .isFalse();
        return cells;
    }

    private String cell(String id, JsonNode read) {
        List<String> texts = new ArrayList<>();
        read.forEach(text -> texts.add(text.asString()));
        String started = opened.containsKey(id) ? "opens" : "";
        if (texts.isEmpty()) {
            return started.isEmpty() ? "–" : started;
        }
        return FIXED.containsAll(texts) && started.isEmpty() ? "text" : "reads";
    }

    /** Keeps the most that a page could do. */
    private static void merge(Map<String, String> cells, Map<String, String> more) {
        List<String> order = List.of("–", "text", "opens", "reads");
        more.forEach((key, cell) ->
                cells.merge(key, cell, (one, other) -> order.indexOf(one) < order.indexOf(other) ? other : one));
    }

    private static void assertDocumented(String heading, Map<String, String> cells) throws Exception {
        List<String> ways = new ArrayList<>(WAYS);
        ways.add(SOCKET);
        List<String> table = new ArrayList<>();
        table.add("| generation | request | " + String.join(" | ", ways) + " |");
        table.add("|---|---" + "|---".repeat(ways.size()) + "|");
        for (Target target : TARGETS) {
            List<String> line = new ArrayList<>();
            ways.forEach(
                    way -> line.add(cells.getOrDefault(target.generation() + " " + target.name() + "/" + way, "")));
            table.add("| `" + target.generation() + "` | " + target.name() + " | " + String.join(" | ", line) + " |");
        }
        List<String> lines = new ArrayList<>(Files.readAllLines(DOCUMENT));
        int from = lines.indexOf("## " + heading);
        assertThat(from).as(heading).isNotNegative();
        int end = from + 1;
        while (end < lines.size() && !lines.get(end).startsWith("## ")) {
            end++;
        }
        if (Boolean.getBoolean("everwire.docs.accept")) {
            List<String> section = lines.subList(from, end);
            section.removeIf(line -> line.startsWith("|"));
            while (section.get(section.size() - 1).isEmpty()) {
                section.remove(section.size() - 1);
            }
            section.add("");
            section.addAll(table);
            if (section.size() + from < lines.size()) {
                section.add("");
            }
            Files.write(DOCUMENT, lines);
            return;
        }
        assertThat(lines.subList(from, end).stream().filter(line -> line.startsWith("|")))
                .as("-Deverwire.docs.accept=true writes the table")
                .containsExactlyElementsOf(table);
    }
}
