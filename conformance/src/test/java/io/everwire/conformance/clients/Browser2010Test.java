package io.everwire.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.ServerOptions;
import io.everwire.Socket;
import java.nio.charset.Charset;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The four client builds 0.6 in Chromium: their choice of a transport, pages of other origins, reconnections. */
@Tag("once")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Browser2010Test {
    private static final String TEXT = "é € 😀 </script> \u2028 a\nb";
    private static final long TIMEOUT_SECONDS = 60;

    private final Agent agent = new Agent();
    private final BlockingQueue<Socket> joined = new LinkedBlockingQueue<>();
    private final BlockingQueue<Object> received = new LinkedBlockingQueue<>();
    private Site site;

    /** Another origin than the server's: the same host with another port. */
    private Site elsewhere;

    @BeforeAll
    void start() throws Exception {
        site = open(ServerOptions.builder(), 0);
        elsewhere = new Site(ServerOptions.builder().build());
    }

    @AfterAll
    void stop() throws Exception {
        agent.close();
        site.close();
        elsewhere.close();
    }

    private Site open(ServerOptions.Builder options, int port) throws Exception {
        Site opened = new Site(
                options.scriptTransports(true).clientFiles(Site.CLIENTS).build(), port);
        opened.server().onConnection(joined::add);
        opened.server().onMessage((socket, message) -> received.add(message));
        return opened;
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.6", "0.6.1", "0.6.2", "0.6.3"})
    void theDefaultListBeginsWithWebSocket(String build) throws Exception {
        String page = "default list " + build;
        agent.order("page", page, "url", site.page("/" + page.replace(' ', '-'), page(build, site, "")));
        assertThat(talk(page).transport()).isEqualTo("websocket");
        agent.order("closePage", page);
        Matrix.works("gen0", build, "Chromium", "default list");
    }

    /** The client waits {@code connectTimeout} for each transport, 5 s by default, also if the server rejects it at once. */
    @ParameterizedTest
    @ValueSource(strings = {"0.6", "0.6.1", "0.6.2", "0.6.3"})
    void theClientTriesTheNextTransportOfItsList(String build) throws Exception {
        try (Site without = open(ServerOptions.builder().transports("xhr-polling", "jsonp-polling"), 0)) {
            String page = "fallback " + build;
            agent.order("page", page, "url", without.page("/", page(build, without, "connectTimeout: 2000")));
            assertThat(talk(page).transport()).isEqualTo("xhr-polling");
            agent.order("closePage", page);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0.6,websocket", "0.6,xhr-polling", "0.6,jsonp-polling",
        "0.6.1,websocket", "0.6.1,xhr-polling", "0.6.1,jsonp-polling",
        "0.6.2,websocket", "0.6.2,xhr-polling", "0.6.2,jsonp-polling",
        "0.6.3,websocket", "0.6.3,xhr-polling", "0.6.3,jsonp-polling"
    })
    void onlyListedOriginsAreAccepted(String build, String transport) throws Exception {
        String page = "origin " + build + " " + transport;
        String path = "/" + build + "/" + transport;
        String options = "transports: ['" + transport + "']";
        try (Site open = open(ServerOptions.builder().origins(elsewhere.url("")), 0)) {
            agent.order("page", page, "url", elsewhere.page(path, page(build, open, options)));
            assertThat(talk(page).handshake().headers())
                    .containsEntry(
                            transport.equals("jsonp-polling") ? "referer" : "origin",
                            elsewhere.url(transport.equals("jsonp-polling") ? "/" : ""));
            agent.order("closePage", page);
        }
        // A 0.6 client receives no rejection: the page records the time of its request.
        agent.order("page", page, "url", elsewhere.page(path, page(build, site, options + ", connectTimeout: 1000")));
        agent.order("waitFor", page, "script", "window.asked > 0 && Date.now() - window.asked > 1500");
        assertThat(agent.order("evaluate", page, "script", "window.got.length + ' ' + client.connected")
                        .asString())
                .isEqualTo("0 false");
        assertThat(site.server().sockets()).isEmpty();
        assertThat(joined).isEmpty();
        agent.order("closePage", page);
        Matrix.works("gen0", build, "Chromium", "cross-origin");
    }

    /** Browsers send forms in the page's charset, so that the length from the client differs from the received one. */
    @ParameterizedTest
    @CsvSource({
        "0.6,xhr-polling", "0.6,jsonp-polling", "0.6.1,xhr-polling", "0.6.1,jsonp-polling",
        "0.6.2,xhr-polling", "0.6.2,jsonp-polling", "0.6.3,xhr-polling", "0.6.3,jsonp-polling"
    })
    void aPageInWindows1252SendsAndReadsEveryCharacter(String build, String transport) throws Exception {
        String page = "windows-1252 " + build + " " + transport;
        String html = page(build, site, "transports: ['" + transport + "']").replace("<meta charset=\"utf-8\">", "");
        String url = site.page("/1252/" + build + "/" + transport, html, Charset.forName("windows-1252"));
        agent.order("page", page, "url", url);
        assertThat(agent.order("evaluate", page, "script", "document.characterSet")
                        .asString())
                .isEqualTo("windows-1252");
        talk(page);
        agent.order("closePage", page);
        Matrix.works("gen0", build, "Chromium", "windows-1252 page");
    }

    /** Only this build reconnects by itself. It opens a new session each time; ids are never used again. */
    @ParameterizedTest
    @ValueSource(strings = {"websocket", "xhr-polling", "jsonp-polling"})
    void build063ReconnectsAfterARestart(String transport) throws Exception {
        String page = "back " + transport;
        String options = "reconnectionDelay: 100, transports: ['" + transport + "']";
        String before;
        int port;
        try (Site first = open(ServerOptions.builder(), 0)) {
            port = first.port();
            agent.order("page", page, "url", first.page("/", page("0.6.3", first, options)));
            before = talk(page).id();
            // A client whose connection ends during a pending request never sends again.
            agent.order("waitFor", page, "script", "!client.transport.posting");
        }
        agent.order("waitFor", page, "script", "window.told.includes('reconnecting')");
        try (Site second = open(ServerOptions.builder(), port)) {
            agent.order("waitFor", page, "script", "window.told.includes('reconnect')");
            Socket socket = joined.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            assertThat(socket.id()).isNotEqualTo(before);
            assertThat(socket.transport()).isEqualTo(transport);
            socket.send("welcome back");
            agent.order("waitFor", page, "script", "window.got.includes('welcome back')");
            agent.order("evaluate", page, "script", "client.send('lost with a form'); client.send('here again'); 0");
            if (!transport.equals("jsonp-polling")) {
                assertThat(received.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isEqualTo("lost with a form");
                assertThat(received.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isEqualTo("here again");
            }
            assertThat(second.server().sockets()).hasSize(1);
            agent.order("closePage", page);
        }
        Matrix.works("gen0", "0.6.3", "Chromium", "reconnection");
    }

    /** The server is notified of a page that disconnects. */
    @Test
    void aPageDisconnects() throws Exception {
        BlockingQueue<String> left = new LinkedBlockingQueue<>();
        site.server().onDisconnect((socket, reason) -> left.add(socket.id()));
        String url = site.page("/leaves", page("0.6.3", site, "transports: ['websocket']"));
        agent.order("page", "leaves", "url", url);
        String id = talk("leaves").id();
        agent.order("evaluate", "leaves", "script", "client.disconnect(); 0");
        assertThat(left.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isEqualTo(id);
        agent.order("closePage", "leaves");
    }

    /** Exchanges messages with the page that connects next. */
    private Socket talk(String page) throws Exception {
        Socket socket = joined.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        assertThat(socket).as(page).isNotNull();
        socket.send(TEXT);
        agent.order("waitFor", page, "script", "window.got.length === 1");
        agent.order("evaluate", page, "script", "client.send(window.got[0]); client.send({a: window.got[0]}); 0");
        assertThat(received.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isEqualTo(TEXT);
        assertThat(received.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS)).hasToString("{a=" + TEXT + "}");
        return socket;
    }

    private static String page(String build, Site server, String options) {
        return """
                <!doctype html><meta charset="utf-8"><body>
                <script src="%s"></script>
                <script>
                  window.got = []; window.told = []; window.asked = 0;
                  var client = new io.Socket('127.0.0.1', {port: %d, rememberTransport: false, %s});
                  client.on('message', function (message) { window.got.push(message); });
                  ['connect', 'disconnect', 'reconnecting', 'reconnect', 'reconnect_failed'].forEach(function (event) {
                    client.on(event, function () { window.told.push(event); });
                  });
                  window.onload = function () { setTimeout(function () { window.asked = Date.now(); client.connect(); }, 0); };
                </script>
                """.formatted(server.url("/socket.io/" + build + "/socket.io.js"), server.port(), options);
    }
}
