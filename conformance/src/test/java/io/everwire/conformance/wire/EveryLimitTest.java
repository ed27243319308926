package io.everwire.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everwire.DeflateOptions;
import io.everwire.LimitOptions;
import io.everwire.RecoveryOptions;
import io.everwire.ServerOptions;
import io.everwire.TransportOptions;
import io.everwire.netty.NettyHost;
import io.everwire.netty.NettyOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every limit speaks: a client that passes it causes a line of the log with option and value, and a call of the observer. */
class EveryLimitTest {
    /** The number that a limit is set to is a number or a time. */
    private static final List<Class<?>> NUMBERS = List.of(int.class, long.class, double.class, Duration.class);

    /** The options with a number that limit nothing a client does, each with the reason why it is not reported. */
    private static final Map<String, String> NO_LIMITS = Map.ofEntries(
            Map.entry("ServerOptions.pingInterval", "the time between two heartbeats"),
            Map.entry("ServerOptions.pingTimeout", "the end of a client that has gone: the reason is ping timeout"),
            Map.entry("ServerOptions.ackTimeout", "a call of the application fails"),
            Map.entry("ServerOptions.closeTimeout", "the server closes"),
            Map.entry("ServerOptions.httpCompression", "a size from which data is compressed"),
            Map.entry("DeflateOptions.threshold", "a size from which data is compressed"),
            Map.entry("DeflateOptions.level", "a level of compression"),
            Map.entry("RecoveryOptions.maxDisconnectionDuration", "the end of a client that has gone"),
            Map.entry("TransportOptions.closeTimeout", "the end of a client that has gone"),
            Map.entry("TransportOptions.heartbeatInterval", "the time between two heartbeats"),
            Map.entry("TransportOptions.heartbeatTimeout", "the end of a client that has gone"),
            Map.entry("TransportOptions.pollDuration", "a poll is answered"),
            Map.entry("NettyOptions.workerThreads", "the number of event loops"),
            Map.entry("NettyOptions.backlog", "the operating system applies it"),
            Map.entry("NettyOptions.flashPolicyPort", "a port"),
            Map.entry("NettyOptions.keepAliveTimeout", "the end of an idle connection"),
            Map.entry("NettyOptions.closeTimeout", "the end of a connection that is closing"));

    /**
     * One limit.
     *
     * @param option the type and the name of the option
     * @param named the name in the log and for the observer
     * @param reach passes the limit
     */
    record Row(String option, String named, Reach reach) {
        Row(String option, Reach reach) {
            this(option, option.substring(option.indexOf('.') + 1), reach);
        }

        @Override
        public String toString() {
            return option;
        }
    }

    /** Passes a limit of a server. */
    @FunctionalInterface
    interface Reach {
        void run(LimitProbe probe) throws Exception;
    }

    private final PrintStream before = System.err;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    @BeforeEach
    void record() {
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() {
        System.setErr(before);
    }

    static Stream<Row> rows() {
        return Stream.of(ServerLimits.rows(), SizeLimits.rows(), HostLimits.rows())
                .flatMap(List::stream);
    }

    /** Repeated until the line is logged: earlier tests may have used up the lines of this option. */
    @ParameterizedTest
    @MethodSource("rows")
    void aLimitIsLoggedAndObserved(Row row) {
        // An IOException: the server met a timeout before the request was sent.
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> {
                    try (LimitProbe probe = new LimitProbe()) {
                        row.reach.run(probe);
                        await().atMost(Duration.ofSeconds(20))
                                .untilAsserted(
                                        () -> assertThat(probe.observed()).contains(row.named));
                    }
                    assertThat(log.toString(StandardCharsets.UTF_8))
                            .containsPattern(
                                    "WARN [\\w.]*LimitLog - " + row.named + ": the limit is \\d+, not \\d+: \\w+");
                });
    }

    @Test
    void everyOptionWithANumberIsALimitWithARowOrNone() {
        List<String> options = Stream.of(
                        ServerOptions.Builder.class,
                        LimitOptions.Builder.class,
                        DeflateOptions.Builder.class,
                        RecoveryOptions.Builder.class,
                        TransportOptions.Builder.class,
                        NettyOptions.Builder.class,
                        NettyHost.Builder.class)
                .flatMap(EveryLimitTest::options)
                .toList();

        assertThat(options).hasSizeGreaterThan(50);
        assertThat(Stream.concat(rows().map(Row::option).distinct(), NO_LIMITS.keySet().stream()))
                .containsExactlyInAnyOrderElementsOf(options);
    }

    private static Stream<String> options(Class<?> builder) {
        return Arrays.stream(builder.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method -> method.getParameterCount() == 1 && NUMBERS.contains(method.getParameterTypes()[0]))
                .map(Method::getName)
                .distinct()
                .map(name -> builder.getEnclosingClass().getSimpleName() + "." + name);
    }
}
