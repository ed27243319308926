package io.everwire.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** A client that makes handlers fail does not fill the disk. */
class RateLimitedLogTest {
    private final List<String> lines = new ArrayList<>();
    private final Exception failure = new IllegalStateException("of the application");
    private final Logger logger = (Logger) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> {
                boolean array = arguments[arguments.length - 1] instanceof Object[];
                lines.add(method.getName()
                        + (array
                                ? Arrays.deepToString(arguments)
                                : Arrays.asList(arguments).toString()));
                return null;
            });
    private final RateLimitedLog log = new RateLimitedLog(logger);

    @Test
    void theFirstTenAreLoggedWithTheirStackTraces() {
        for (int i = 0; i < 10; i++) {
            log.error("a handler failed", failure);
        }

        assertThat(lines).hasSize(10).containsOnly("error[a handler failed, " + failure + "]");
    }

    @Test
    void thenFewerAndFewerEachWithItsNumber() {
        for (int i = 0; i < 1_000_000; i++) {
            log.error("a handler failed", failure);
        }

        assertThat(lines).hasSize(10 + 16);
        assertThat(lines.get(10))
                .isEqualTo("error[{} (failure {} of one socket), [a handler failed, 16, " + failure + "]]");
    }
}
