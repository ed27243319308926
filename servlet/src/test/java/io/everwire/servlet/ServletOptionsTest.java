package io.everwire.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.servlet.ServletOptions.Builder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ServletOptionsTest {
    private static final long DAY = 86_400_000;

    /** An option with its range as docs/options.md has it; times are in milliseconds. */
    record Range(
            String option,
            String unit,
            BiFunction<Builder, Long, Builder> set,
            Function<ServletOptions, Number> get,
            long least,
            long most) {
        @Override
        public String toString() {
            return option;
        }
    }

    static List<Range> ranges() {
        return List.of(
                number("eventLoops", (b, v) -> b.eventLoops(v.intValue()), ServletOptions::eventLoops, 1, 1_024),
                number(
                        "minBodyRate",
                        (b, v) -> b.minBodyRate(v.intValue()),
                        ServletOptions::minBodyRate,
                        1,
                        1_000_000_000),
                number("maxOpenPosts", (b, v) -> b.maxOpenPosts(v.intValue()), ServletOptions::maxOpenPosts, 1, 1_000),
                number(
                        "maxDiscarded",
                        (b, v) -> b.maxDiscarded(v.intValue()),
                        ServletOptions::maxDiscarded,
                        0,
                        1 << 30),
                number(
                        "maxFragments",
                        (b, v) -> b.maxFragments(v.intValue()),
                        ServletOptions::maxFragments,
                        1,
                        1_000_000),
                number(
                        "maxWaitingThreads",
                        (b, v) -> b.maxWaitingThreads(v.intValue()),
                        ServletOptions::maxWaitingThreads,
                        1,
                        10_000),
                time("bodyTimeout", Builder::bodyTimeout, ServletOptions::bodyTimeout, 100, 600_000),
                time("requestTimeout", Builder::requestTimeout, ServletOptions::requestTimeout, 100, DAY),
                time("closeTimeout", Builder::closeTimeout, ServletOptions::closeTimeout, 10, 600_000));
    }

    private static Range number(
            String option,
            BiFunction<Builder, Long, Builder> set,
            Function<ServletOptions, Number> get,
            long least,
            long most) {
        return new Range(option, "", set, get, least, most);
    }

    private static Range time(
            String option,
            BiFunction<Builder, Duration, Builder> set,
            Function<ServletOptions, Duration> get,
            long least,
            long most) {
        return new Range(
                option,
                " ms",
                (builder, value) -> set.apply(builder, Duration.ofMillis(value)),
                options -> get.apply(options).toMillis(),
                least,
                most);
    }

    @ParameterizedTest
    @MethodSource("ranges")
    void bothEndsOfTheRangeAreAccepted(Range range) {
        for (long value : new long[] {range.least(), range.most()}) {
            ServletOptions options =
                    range.set().apply(ServletOptions.builder(), value).build();
            assertThat(range.get().apply(options).longValue()).isEqualTo(value);
            assertThat(range.get().apply(options.toBuilder().build()).longValue())
                    .isEqualTo(value);
        }
    }

    @ParameterizedTest
    @MethodSource("ranges")
    void anOptionOutOfRangeIsNamedWithItsValueAndRange(Range range) {
        for (long value : new long[] {range.least() - 1, range.most() + 1}) {
            assertThatThrownBy(() -> range.set().apply(ServletOptions.builder(), value))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("%s: %d%s is not from %d to %d%s"
                            .formatted(range.option(), value, range.unit(), range.least(), range.most(), range.unit()));
        }
    }

    @Test
    void theDefaultsAreThoseOfTheDocumentation() {
        Map<String, Long> defaults = Map.of(
                "minBodyRate", 1_000L,
                "maxOpenPosts", 8L,
                "maxDiscarded", 1L << 20,
                "maxFragments", 16_384L,
                "maxWaitingThreads", 16L,
                "bodyTimeout", 10_000L,
                "requestTimeout", 300_000L,
                "closeTimeout", 5_000L,
                "eventLoops", (long) Runtime.getRuntime().availableProcessors());
        assertThat(ranges())
                .allSatisfy(range -> assertThat(
                                range.get().apply(ServletOptions.DEFAULTS).longValue())
                        .isEqualTo(defaults.get(range.option())));
        assertThat(ServletOptions.DEFAULTS.webSocket()).isEqualTo(WebSocketSupport.AUTO);
        assertThat(ServletOptions.DEFAULTS.gen0()).isFalse();
    }

    @Test
    void optionsDoNotChangeWithTheirBuilder() {
        Builder builder = ServletOptions.builder().maxOpenPosts(7);
        ServletOptions options = builder.build();
        builder.maxOpenPosts(8);
        assertThat(options.maxOpenPosts()).isEqualTo(7);
        assertThat(options.toBuilder().gen0(true).build().maxOpenPosts()).isEqualTo(7);
    }
}
