package io.everwire.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** Clients choose the names of events: they neither fill the disk nor forge lines. */
class UnhandledLogTest {
    private final List<String> lines = new ArrayList<>();
    private final UnhandledLog log = new UnhandledLog((Logger) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> {
                lines.add(method.getName() + Arrays.deepToString(arguments));
                return null;
            }));

    @Test
    void eachNameIsLoggedOnce() {
        log.add("/", "typo", true);
        log.add("/", "typo", true);
        log.add("/chat", "typo", false);

        assertThat(lines)
                .containsExactly(
                        "warn[no handler for the event \"{}{}, typo\" in /, : its client receives no ack]",
                        "warn[no handler for the event \"{}{}, typo\" in /chat, ]");
    }

    @Test
    void namesAreEscapedAndShortened() {
        log.add("/", "a\n2026-11-29 ERROR forged", false);
        log.add("/", "x".repeat(100_000), false);

        assertThat(lines.get(0)).contains("a\\u000a2026").doesNotContain("\n");
        assertThat(lines.get(1).length()).isLessThan(400);
    }

    @Test
    void onlySoManyNamesAreLogged() {
        for (int i = 0; i < 100_000; i++) {
            log.add("/", "name " + i, false);
        }

        assertThat(lines).hasSize(UnhandledLog.MAX_NAMES + 1).last().asString().contains("no more names");
    }
}
