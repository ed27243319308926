package io.everwire.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

final class LatenciesTest {
    @Test
    void ofNothingIsNothing() {
        assertThat(new Latencies().micros(0.99)).isZero();
    }

    @Test
    void tellsWhatAShareDidNotExceed() {
        Latencies latencies = new Latencies();
        for (int i = 1; i <= 1_000; i++) {
            latencies.add(i * 1_000L, 1);
        }
        assertThat(latencies.count()).isEqualTo(1_000);
        assertThat(latencies.micros(0.5)).isCloseTo(500, Percentage.withPercentage(4));
        assertThat(latencies.micros(0.99)).isCloseTo(990, Percentage.withPercentage(4));
        assertThat(latencies.micros(1)).isCloseTo(1_000, Percentage.withPercentage(4));
    }

    @Test
    void isExactToThreePercentFromNanosecondsToHours() {
        for (long nanos = 1; nanos < 3_600_000_000_000L; nanos = nanos * 17 / 16 + 1) {
            Latencies one = new Latencies();
            one.add(nanos, 1);
            assertThat(one.micros(0.5) * 1e3).isCloseTo(nanos, within(nanos * 0.035));
        }
    }

    @Test
    void addsUp() {
        Latencies fast = new Latencies();
        fast.add(1_000, 99);
        Latencies slow = new Latencies();
        slow.add(1_000_000, 1);
        fast.add(slow);
        assertThat(fast.micros(0.99)).isCloseTo(1, Percentage.withPercentage(4));
        assertThat(fast.micros(0.999)).isCloseTo(1_000, Percentage.withPercentage(4));
    }
}
