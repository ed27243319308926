package io.everwire.testkit.gen1;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.RefusedException;
import io.everwire.ServerOptions;
import io.everwire.testkit.TestExchange;
import io.everwire.testkit.TestServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Faults of the list of 2026-11-29 that concern this generation, each under its number. */
class FaultsTest {
    private static final String BY_SCRIPT = "/socket.io/1/?jsonp=0";
    private static final String BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36";

    @Test
    @DisplayName("B3: without JSON-P a handshake by script opens no session")
    void b3() {
        TestServer test = TestServer.create();

        assertThat(text(test.request("GET", BY_SCRIPT).send()))
                .isEqualTo("io.j[0](new Error(\"jsonp-polling is not served\"));");
        assertThat(test.server().engine().clientsCount()).isZero();
    }

    @Test
    @DisplayName("B3: with JSON-P a script of an unlisted page reads a fixed text only, however it hides")
    void b3Foreign() {
        TestServer test = TestServer.create(ServerOptions.builder()
                .scriptTransports(true)
                .allowRequest(request -> {
                    throw new RefusedException("your secret");
                })
                .build());
        String[][] requests = {
            {"Sec-Fetch-Site", "same-site"},
            {"Sec-Fetch-Site", "cross-site"},
            {"User-Agent", BROWSER},
            {"Referer", "http://evil.example/"},
            {"Origin", "null"},
        };
        for (String[] header : requests) {
            TestExchange exchange =
                    test.request("GET", BY_SCRIPT).header(header[0], header[1]).send();

            assertThat(text(exchange)).as(header[1]).startsWith("io.j[0](new Error(\"handshake ");
        }
        assertThat(text(test.request("GET", BY_SCRIPT)
                        .header("Sec-Fetch-Site", "same-origin")
                        .send()))
                .isEqualTo("io.j[0](new Error(\"your secret\"));");
        assertThat(test.server().engine().clientsCount()).isZero();
    }

    private static String text(TestExchange exchange) {
        return exchange.response().text();
    }
}
