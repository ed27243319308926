package io.everwire.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.GenerationOptions;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Disabled generations and transports: the response to their clients. Other clients are not affected. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SwitchesTest {
    private static final long TIMEOUT_SECONDS = 60;
    private static final String UNSUPPORTED = "400 {\"code\":5,\"message\":\"Unsupported protocol version\"}";

    private final Agent agent = new Agent();
    private final BlockingQueue<Socket> joined = new LinkedBlockingQueue<>();

    @AfterAll
    void stop() throws Exception {
        agent.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket"})
    void clients3And4WithoutTheirGeneration(String transport) throws Exception {
        try (Site site = site(GenerationOptions.without("eio4"))) {
            String name = "4.8.4 off " + transport;
            open(site, name, transport);
            agent.inbox(name)
                    .take(
                            "connect_error",
                            transport.equals("polling") ? "[\"xhr poll error\"]" : "[\"websocket error\"]");
            assertThat(status(site, "/socket.io/?EIO=4&transport=polling")).isEqualTo(UNSUPPORTED);
            openBefore3(site, name + " other", transport);
            assertThat(generation()).isEqualTo("eio3");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket"})
    void clients1And2WithoutTheirGeneration(String transport) throws Exception {
        try (Site site = site(GenerationOptions.without("eio3"))) {
            String name = "2.5.0 off " + transport;
            openBefore3(site, name, transport);
            agent.inbox(name).take("connect_error");
            assertThat(status(site, "/socket.io/?EIO=3&transport=polling")).isEqualTo(UNSUPPORTED);
            open(site, name + " other", transport);
            assertThat(generation()).isEqualTo("eio4");
        }
        try (Site site = site(GenerationOptions.only("gen0", "gen1"))) {
            assertThat(status(site, "/socket.io/?EIO=3&transport=polling")).isEqualTo(UNSUPPORTED);
        }
    }

    @Test
    void clients09WithoutTheirGeneration() throws Exception {
        try (Site site = site(GenerationOptions.without("gen1"))) {
            open09(site, "0.9 off");
            agent.inbox("0.9 off").take("error");
            assertThat(status(site, "/socket.io/1/?t=1")).isEqualTo("500 Protocol version not supported.");
            open(site, "0.9 off other", "websocket");
            assertThat(generation()).isEqualTo("eio4");
        }
    }

    /** The client requests its transport and is rejected, but has no event for a rejection. */
    @Test
    void clients06WithoutTheirGeneration() throws Exception {
        try (Site site = site(GenerationOptions.without("gen0"))) {
            agent.order("page", "0.6.3 off", "url", page(site));
            agent.order("waitFor", "0.6.3 off", "script", "window.refused === 0");
            assertThat(agent.order("evaluate", "0.6.3 off", "script", "client.connected")
                            .asBoolean())
                    .isFalse();
            agent.order("closePage", "0.6.3 off");
            open(site, "0.6.3 off other", "websocket");
            assertThat(generation()).isEqualTo("eio4");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gen0", "gen1", "eio3", "eio4"})
    void onlyOneGenerationIsServed(String generation) throws Exception {
        try (Site site = site(GenerationOptions.only(generation))) {
            String name = generation + " alone";
            switch (generation) {
                case "gen0" -> agent.order("page", name, "url", page(site));
                case "gen1" -> open09(site, name);
                case "eio3" -> openBefore3(site, name, "polling");
                default -> open(site, name, "polling");
            }
            assertThat(generation()).isEqualTo(generation);
            if (generation.equals("gen0")) {
                agent.order("closePage", name);
            }
        }
    }

    /** This client uses the transports that the server offers; other generations keep their WebSocket. */
    @Test
    void aTransportOfOneGenerationIsSwitchedOff() throws Exception {
        GenerationOptions options =
                GenerationOptions.builder().transports("gen1", "xhr-polling").build();
        try (Site site = site(options)) {
            agent.order("open09", "fewer", "url", site.url(""), "transports", List.of("websocket", "xhr-polling"));
            agent.inbox("fewer").take("connect", "[\"xhr-polling\"]");
            assertThat(generation()).isEqualTo("gen1");
            open(site, "all", "websocket");
            assertThat(generation()).isEqualTo("eio4");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"eio3", "eio4"})
    void withoutWebSocketClientsStayWithPolling(String generation) throws Exception {
        try (Site site = site(
                GenerationOptions.builder().transports(generation, "polling").build())) {
            String name = generation + " stays";
            if (generation.equals("eio3")) {
                openBefore3(site, name, "polling");
            } else {
                open(site, name, "polling");
            }
            assertThat(generation()).isEqualTo(generation);
            String version = generation.substring(3);
            assertThat(status(site, "/socket.io/?EIO=" + version + "&transport=websocket"))
                    .isEqualTo("400 {\"code\":0,\"message\":\"Transport unknown\"}");
            assertThat(status(site, "/socket.io/?EIO=" + version + "&transport=polling"))
                    .contains("\"upgrades\":[]");
        }
    }

    private Site site(GenerationOptions generations) throws Exception {
        joined.clear();
        Site site = new Site(ServerOptions.builder()
                .generations(generations)
                .clientFiles(Site.CLIENTS)
                .build());
        site.server().onConnection(joined::add);
        return site;
    }

    private void open(Site site, String name, String transport) {
        agent.order("open", name, "url", site.url(""), "options", Map.of("transports", List.of(transport)));
    }

    private void openBefore3(Site site, String name, String transport) {
        Map<String, Object> options = Map.of("transports", List.of(transport));
        agent.order("openBefore3", name, "version", "2.5.0", "url", site.url(""), "options", options);
    }

    private void open09(Site site, String name) {
        agent.order("open09", name, "url", site.url(""), "transports", List.of("xhr-polling"));
    }

    private static String page(Site site) {
        return site.page("/2010", """
                <!doctype html><meta charset="utf-8"><body>
                <script src="/socket.io/0.6.3/socket.io.js"></script>
                <script>
                  var open = XMLHttpRequest.prototype.open;
                  XMLHttpRequest.prototype.open = function () {
                    this.addEventListener('readystatechange', function () {
                      if (this.readyState === 4 && this.status !== 200) window.refused = this.status;
                    });
                    return open.apply(this, arguments);
                  };
                  var client = new io.Socket('127.0.0.1', {port: %d, transports: ['xhr-polling'], reconnect: false});
                  window.onload = function () { setTimeout(function () { client.connect(); }, 0); };
                </script>
                """.formatted(site.port()));
    }

    private String generation() throws InterruptedException {
        Socket socket = joined.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        assertThat(socket).isNotNull();
        return socket.handshake().generation();
    }

    private static String status(Site site, String target) throws Exception {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(site.url(target))).build(),
                        HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }
}
