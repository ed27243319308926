package io.everwire.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** B11: all clients together cannot fill the disk, and cannot write a line of their own. */
class RateLimitedLogTest {
    private static final long SECOND = 1_000_000_000L;

    private final List<String> lines = new ArrayList<>();
    private final AtomicLong time = new AtomicLong(-7 * SECOND);
    private boolean enabled = true;
    private final Logger logger = (Logger) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> {
                if (method.getName().startsWith("is")) {
                    return enabled;
                }
                lines.add(method.getName() + " " + arguments[0] + (arguments[1] == null ? "" : " | " + arguments[1]));
                return null;
            });
    private final RateLimitedLog log = new RateLimitedLog(logger, time::get);

    @Test
    void theFirstTenAreLogged() {
        fail(10);

        assertThat(lines).hasSize(10).containsOnly("error it failed | java.lang.IllegalStateException: why");
    }

    @Test
    void thenOneEachSecondSaysHowManyWereNotLogged() {
        fail(1_000_000);
        assertThat(lines).hasSize(10);

        time.addAndGet(SECOND);
        fail(1_000);
        assertThat(lines).hasSize(11);
        assertThat(lines.get(10))
                .isEqualTo("error it failed (999990 more since the last such line)"
                        + " | java.lang.IllegalStateException: why");

        for (int i = 0; i < 3_600 * 10; i++) {
            time.addAndGet(SECOND / 10);
            fail(10);
        }
        assertThat(lines).hasSizeBetween(3_600, 3_600 + 12);
    }

    @Test
    void afterAQuietTimeTenAreLoggedAgain() {
        fail(20);
        time.addAndGet(3_600 * SECOND);
        fail(20);

        assertThat(lines).hasSize(20);
        assertThat(lines.get(10)).contains("(10 more since the last such line)");
        assertThat(lines.get(11)).doesNotContain("more since");
    }

    @Test
    void argumentsAreSanitizedAndAreNoFormats() {
        log.warn("the event {} of {} is too long: {}", "a\nb {}", null, 12);

        assertThat(lines).containsExactly("warn the event a\\u000ab {} of null is too long: 12");
    }

    @Test
    void aDisabledLevelUsesNothingUp() {
        enabled = false;
        fail(20);
        enabled = true;
        fail(20);

        assertThat(lines).hasSize(10);
    }

    private void fail(int times) {
        IllegalStateException failure = new IllegalStateException("why");
        for (int i = 0; i < times; i++) {
            log.error(failure, "it failed");
        }
    }
}
