package io.everwire.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.GenerationOptions;
import io.everwire.Refusal;
import io.everwire.ServerObserver;
import io.everwire.ServerOptions;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clients of a transport or generation that is switched off stop, or wait before they try again (C5). The client of
 * servers 0.6.0 and 0.6.1 polled 120 times a second.
 */
@Tag("once")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SwitchedOffTest {
    /** The bundles of clients that the server does not serve under this version. */
    private static final Map<String, String> BUNDLES = Map.of(
            "1.0.6", "socket.io.js",
            "1.3.7", "socket.io.js");

    /**
     * The refusals that a client may cause while the page sends forty requests; one that does not wait causes several
     * times as many. A client that waits for half a second asks a second time on a slow machine, and Chromium repeats a
     * request whose kept-alive connection ends without a response, on each of its six connections and on a new one.
     */
    private static final int MOST_REFUSALS = 10;

    private final Agent agent = new Agent();

    static List<Arguments> clients() {
        List<Arguments> clients = new ArrayList<>();
        for (boolean generation : new boolean[] {false, true}) {
            for (String build : List.of("0.6", "0.6.1", "0.6.2", "0.6.3")) {
                for (String transport : List.of("xhr-polling", "jsonp-polling", "websocket")) {
                    clients.add(Arguments.of("gen0", build, transport, generation));
                }
            }
            for (String version : List.of("1.0.6", "1.3.7", "1.7.4", "2.5.0")) {
                clients.add(Arguments.of("eio3", version, "polling", generation));
                clients.add(Arguments.of("eio3", version, "websocket", generation));
            }
            clients.add(Arguments.of("eio4", "4.8.4", "polling", generation));
            clients.add(Arguments.of("eio4", "4.8.4", "websocket", generation));
        }
        // Its handshake does not depend on a transport.
        clients.add(Arguments.of("gen1", "0.9.17", "xhr-polling", true));
        clients.add(Arguments.of("gen1", "0.9.17", "websocket", true));
        return clients;
    }

    @AfterAll
    void stop() throws Exception {
        agent.close();
    }

    /** Forty requests of the page take longer than forty of a client that does not wait. */
    @ParameterizedTest
    @MethodSource("clients")
    void theyDoNotAskAgainAtOnce(String generation, String version, String transport, boolean all) throws Exception {
        AtomicInteger refused = new AtomicInteger();
        CountDownLatch first = new CountDownLatch(1);
        ServerObserver observer = new ServerObserver() {
            @Override
            public void refused(String name, Refusal refusal) {
                refused.incrementAndGet();
                first.countDown();
            }
        };
        GenerationOptions.Builder generations = GenerationOptions.builder();
        String other =
                transport.equals("websocket") ? (generation.equals("gen0") ? "xhr-polling" : "polling") : "websocket";
        generations = all ? generations.without(generation) : generations.transports(generation, other);
        try (Site site = new Site(ServerOptions.builder()
                .generations(generations.build())
                .clientFiles(Site.CLIENTS)
                .observer(observer)
                .build())) {
            String page = generation + version + transport + all;
            agent.order("page", page, "url", site.page("/page", page(site, version, transport)));
            assertThat(first.await(60, TimeUnit.SECONDS)).isTrue();
            agent.order("evaluate", page, "script", """
                    (async () => { for (let i = 0; i < 40; i++) await fetch('/nowhere/' + i); return ''; })()
                    """);
            assertThat(refused).hasValueLessThanOrEqualTo(MOST_REFUSALS);
            agent.order("closePage", page);
        }
    }

    private static String page(Site site, String version, String transport) throws Exception {
        String file = "/socket.io/" + version + "/socket.io.js";
        if (BUNDLES.containsKey(version)) {
            file = "/clients/" + version + ".js";
            site.page(
                    file,
                    Files.readString(Agent.ROOT.resolve(
                            "conformance/js/node_modules/socket.io-client-" + version + "/" + BUNDLES.get(version))));
        }
        String connect = "io({transports: ['" + transport + "']})";
        if (version.startsWith("0.6")) {
            connect = "new io.Socket('127.0.0.1', {port: %d, transports: ['%s']}).connect()"
                    .formatted(site.port(), transport);
        } else if (version.startsWith("0.9")) {
            connect = "io.transports = ['" + transport + "']; io.connect()";
        }
        return """
                <!doctype html><meta charset="utf-8"><body>
                <script src="%s"></script>
                <script>window.onload = function () { setTimeout(function () { %s; }); };</script>
                """.formatted(file, connect);
    }
}
