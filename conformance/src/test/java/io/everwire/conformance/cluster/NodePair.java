package io.everwire.conformance.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everwire.Attribute;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.cluster.ClusterOptions;
import io.everwire.conformance.clients.Agent;
import io.everwire.conformance.clients.Site;
import io.everwire.redis.RedisAdapters;
import io.everwire.redis.RedisProcess;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Java server and a Node server that share one cluster, with a client of each version on both. */
final class NodePair implements AutoCloseable {
    static final Attribute<String> FROM = Attribute.shared("from", String.class);
    static final List<String> ON_JAVA = List.of("on java", "old on java", "ancient on java");
    static final List<String> ON_NODE = List.of("on node", "old on node");

    private static final List<String> EVENTS = List.of(
            "news", "room news", "message", "ask", "ask binary", "large", "volatile", "number", "values", "once");

    private final RedisProcess redis;
    private final Agent agent;

    /** Runs Chromium, because the 0.6 client needs a browser. */
    private final Agent browser;

    private final SocketIoServer java;
    private final Site site;
    private final String page;
    private int nodePort;

    /** @param browser runs the 0.6 client of this pair; one browser is enough for all */
    NodePair(ClusterOptions options, Agent browser) throws Exception {
        this.browser = browser;
        redis = RedisProcess.start();
        agent = new Agent("cluster.mjs");
        java = SocketIoServer.create(ServerOptions.builder()
                .adapter(RedisAdapters.create(redis.uri(), options))
                .clientFiles("0.6.3")
                .build());
        java.onConnection(socket -> {
            socket.attributes().set(FROM, "java");
            socket.onCall("join", String.class, (joining, room) -> joining.joinAsync(room));
        });
        java.onMessage((socket, message) -> java.send(message));
        java.onServerSideCall("double", arguments -> 2 * arguments.as(0, Integer.class));
        java.of("/other");
        site = new Site(java, 0);
        page = "0.6.3 at " + site.port();
        java.ready().get(60, TimeUnit.SECONDS);
    }

    /** Starts the Node server with an order for the agent, and waits until both know each other. */
    void begin(String order, String mode) {
        nodePort = agent.order(order, "node", "redis", redis.port(), "mode", mode, "namespaces", List.of("/other"))
                .intValue();
        await().atMost(60, TimeUnit.SECONDS).until(() -> java.serverCount().get(60, TimeUnit.SECONDS) == 2);
        // The 0.6 client of a page.
        String url = site.page("/", """
                <!doctype html><meta charset="utf-8"><body>
                <script src="/socket.io/0.6.3/socket.io.js"></script>
                <script>
                  window.got = []; window.joined = false;
                  var client = new io.Socket('127.0.0.1', {port: %d, transports: ['websocket']});
                  client.on('message', function (message) { window.got.push(message); });
                  client.on('connect', function () { window.joined = true; });
                  window.onload = function () { setTimeout(function () { client.connect(); }, 0); };
                </script>
                """.formatted(site.port()));
        browser.order("page", page, "url", url);
        browser.order("waitFor", page, "script", "window.joined");
    }

    /** Connects a client; returns its id; it is empty for a client 0.9. */
    String client(String name, int port, String version) {
        return client(name, port, version, "/");
    }

    /** Connects a client to a namespace; returns its id; it is empty for a client 0.9. */
    String client(String name, int port, String version, String namespace) {
        return agent.order("client", name, "port", port, "version", version, "events", EVENTS, "nsp", namespace)
                .asString("");
    }

    /** Waits until the 0.6 client has received a message. */
    void takeMessageOf06(String text) {
        browser.order("waitFor", page, "script", "window.got.includes('" + text + "')");
    }

    /** Lets the 0.6 client send a message. */
    void sendFrom06(String text) {
        browser.order("evaluate", page, "script", "client.send('" + text + "'); 0");
    }

    /** Checks that clients receive an event, and their number is complete: nobody receives it twice. */
    void heard(List<String> clients, String event, String expected) {
        for (String name : clients) {
            agent.inbox(name).take(event, expected);
        }
        for (String name : clients) {
            assertThat(agent.inbox(name).isEmptyOf(event)).as(name).isTrue();
        }
    }

    RedisProcess redis() {
        return redis;
    }

    Agent agent() {
        return agent;
    }

    SocketIoServer java() {
        return java;
    }

    int javaPort() {
        return site.port();
    }

    int nodePort() {
        return nodePort;
    }

    @Override
    public void close() throws Exception {
        browser.order("closePage", page);
        agent.order("end", "");
        agent.close();
        site.close();
        redis.close();
    }
}
