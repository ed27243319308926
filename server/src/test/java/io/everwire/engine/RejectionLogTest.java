package io.everwire.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** Fault A5: the log says which values differ and what to do, and foreign pages cannot fill it. */
class RejectionLogTest {
    private final List<String> lines = new ArrayList<>();
    private final AtomicLong now = new AtomicLong(1_000);
    private final Logger logger = (Logger) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> {
                if (method.getName().startsWith("is")) {
                    return true;
                }
                lines.add(method.getName() + " " + arguments[0]);
                return null;
            });
    private final RejectionLog log = new RejectionLog(now::get, logger);

    @Test
    void aRejectedPageIsLoggedWithBothValuesAndBothOptions() {
        log.page("https://chat.example.com", List.of("everwire", "127.0.0.1:8080"));

        assertThat(lines)
                .singleElement()
                .asString()
                .startsWith("warn a page of the origin https://chat.example.com was rejected: the server was reached as"
                        + " [everwire, 127.0.0.1:8080].")
                .contains("option origins", "X-Forwarded-Host", "trustedProxies");
    }

    @Test
    void aHostThatIsNotAllowedIsLoggedWithItsOption() {
        log.host("evil.com", null);

        assertThat(lines)
                .containsExactly("warn a request for the host evil.com, forwarded as null, was rejected: the option"
                        + " allowedHosts does not list it");
    }

    @Test
    void oneLineAMinuteNamesTheNumberOfTheOthers() {
        for (int i = 0; i < 1_000; i++) {
            log.page("https://evil.example", List.of());
            log.host("evil.com", "evil.com");
        }
        assertThat(lines).hasSize(1);

        now.addAndGet(60_000);
        log.host("evil.com", "evil.com");
        log.host("evil.com", "evil.com");

        assertThat(lines).hasSize(2);
        assertThat(lines.get(1)).endsWith(" (1999 more since the last such line)");
    }

    @Test
    void whatAClientSentIsEscapedAndShort() {
        log.page("http://x\r\nERROR forged \u001b[31m", List.of("a".repeat(5_000)));

        assertThat(lines.get(0)).contains("http://x\\u000d\\u000aERROR forged").hasSizeLessThan(900);
    }

    @Test
    void aFailureOfTheFilterIsAnError() {
        log.filter("https://a.example", new IllegalStateException("no database"));

        assertThat(lines).containsExactly("error originFilter failed for the origin https://a.example");
    }
}
