package io.everwire.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Clients choose the names of events: they do not fill the disk. */
class UnhandledLogTest {
    private final UnhandledLog log = new UnhandledLog();

    @Test
    void eachNameIsLoggedOnce() {
        assertThat(log.add("/", "typo")).isTrue();
        assertThat(log.add("/", "typo")).isFalse();
        assertThat(log.add("/chat", "typo")).isTrue();
    }

    @Test
    void onlySoManyNamesAreLogged() {
        long logged = IntStream.range(0, 100_000)
                .filter(i -> log.add("/", "name " + i))
                .count();

        assertThat(logged).isEqualTo(UnhandledLog.MAX_NAMES);
    }
}
