package io.everwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.everwire.BadArgumentsException;
import io.everwire.ServerObserver.Outcome;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers of clients as types of the application. */
class BindingTest {
    private static final Map<String, String> BAD_ARGUMENTS =
            Map.of("error", "bad_arguments", "message", "argument 1 does not fit");

    private final TestServer test = TestServer.create(ServerOptions.builder()
            .errorAcks(Outcome.REFUSED, Outcome.BAD_ARGUMENTS, Outcome.FAILED)
            .build());
    private final SocketIoServer server = test.server();
    private final TestClient alice = test.connect();
    private final List<Throwable> reported = new ArrayList<>();

    /** B11: Java's numbers throw exceptions of their own. */
    @ParameterizedTest
    @ValueSource(strings = {"1e2147483648", "-1e-2147483649", "1e99999999999"})
    void numbersThatNoTypeHoldsAreBadArguments(String number) {
        server.onCall("integer", BigInteger.class, (socket, value) -> "taken");
        server.onCall("decimal", BigDecimal.class, (socket, value) -> "taken");
        server.onError((socket, failure) -> reported.add(failure));

        assertThat(call("integer", number)).isEqualTo(BAD_ARGUMENTS);
        assertThat(call("decimal", number)).isEqualTo(BAD_ARGUMENTS);
        assertThat(reported).hasSize(2).allMatch(BadArgumentsException.class::isInstance);
    }

    /** B11: an application that logs the failure logs no line of a client. */
    @Test
    void theCauseOfAFailureIsSafeToLog() {
        server.onCall("integer", int.class, (socket, value) -> "taken");
        server.onError((socket, failure) -> reported.add(failure));

        alice.emitWithAck("integer", "x\n2026-11-29 INFO admin logged in");

        for (Throwable cause = reported.get(0); cause != null; cause = cause.getCause()) {
            assertThat(cause.toString()).doesNotContain("\n2026");
        }
        assertThat(Objects.requireNonNull(reported.get(0).getCause()).toString())
                .contains("int");
    }

    /** A9: a value that would become another one does not fit. */
    @ParameterizedTest
    @MethodSource
    void valuesThatWouldBecomeOthersAreBadArguments(Class<?> type, String json) {
        server.onCall("e", type, (socket, value) -> "taken: " + value);

        assertThat(call("e", json)).isEqualTo(BAD_ARGUMENTS);
    }

    static Stream<Arguments> valuesThatWouldBecomeOthersAreBadArguments() {
        return Stream.of(
                arguments(int.class, "1.5"),
                arguments(int.class, "2147483648"),
                arguments(int.class, "-1e300"),
                arguments(int.class, "\"\""),
                arguments(int.class, "null"),
                arguments(Integer.class, "-0.5"),
                arguments(Integer.class, "\"\""),
                arguments(int[].class, "[1,1.5]"),
                arguments(long.class, "9223372036854775808"),
                arguments(long.class, "1e+21"),
                arguments(long.class, "0.1"),
                arguments(Long.class, "1700000000123.5"),
                arguments(short.class, "32768"),
                arguments(byte.class, "1.01"),
                arguments(byte.class, "256"),
                arguments(BigInteger.class, "1.5"),
                arguments(OptionalInt.class, "1.5"),
                arguments(AtomicLong.class, "1.5"),
                arguments(Point.class, "{\"x\":1.5,\"y\":0}"),
                arguments(Point.class, "{\"x\":null,\"y\":0}"),
                arguments(double.class, "1e400"),
                arguments(Double.class, "-1e400"),
                arguments(double.class, "\"\""),
                arguments(double.class, "null"),
                arguments(double[].class, "[1,1e400]"),
                arguments(float.class, "1e39"),
                arguments(float[].class, "[1e39]"),
                arguments(boolean.class, "2"),
                arguments(Boolean.class, "0"),
                arguments(Boolean.class, "\"\""),
                arguments(boolean.class, "null"),
                arguments(Instant.class, "1700000000123.5"),
                arguments(Instant.class, "1e300"),
                arguments(OffsetDateTime.class, "1700000000123.5"),
                arguments(Duration.class, "1.5"),
                arguments(Date.class, "1700000000123.5"));
    }

    /** A9: times of JavaScript. */
    @Test
    void timesAreMillisecondsOrText() {
        Instant time = Instant.ofEpochMilli(1_700_000_000_123L);
        server.onCall("instant", Instant.class, (socket, value) -> Objects.equals(value, time));
        server.onCall(
                "offset",
                OffsetDateTime.class,
                (socket, value) -> Objects.requireNonNull(value).toInstant().equals(time));
        server.onCall("date", Date.class, (socket, value) -> Objects.equals(value, Date.from(time)));
        server.onCall("duration", Duration.class, (socket, value) -> Objects.equals(value, Duration.ofMillis(1_500)));
        server.onCall("back", Instant.class, (socket, value) -> value);

        for (String event : List.of("instant", "offset", "date")) {
            assertThat(call(event, "1700000000123")).as(event).isEqualTo(true);
            assertThat(call(event, "\"2023-11-14T22:13:20.123Z\"")).as(event).isEqualTo(true);
        }
        assertThat(call("duration", "1500")).isEqualTo(true);
        assertThat(call("back", "1700000000123")).isEqualTo("2023-11-14T22:13:20.123Z");
    }

    @Test
    void exactValuesFit() {
        server.onCall("long", long.class, (socket, value) -> String.valueOf(value));
        server.onCall("integer", BigInteger.class, (socket, value) -> String.valueOf(value));
        server.onCall("double", double.class, (socket, value) -> value);
        server.onCall("floats", float[].class, (socket, value) -> value);
        server.onCall("int", int.class, (socket, value) -> value);
        server.onCall("any", Object.class, (socket, value) -> String.valueOf(value));

        assertThat(call("long", "9007199254740993")).isEqualTo("9007199254740993");
        assertThat(call("integer", "123456789012345678901234567890")).isEqualTo("123456789012345678901234567890");
        assertThat(call("any", "123456789012345678901234567890")).isEqualTo("123456789012345678901234567890");
        assertThat(call("double", "1e21")).isEqualTo(1e21);
        assertThat(call("double", "7")).isEqualTo(7.0);
        assertThat(call("double", "\"7.5\"")).isEqualTo(7.5);
        assertThat(call("int", "\"7\"")).isEqualTo(7);
        assertThat(call("floats", "[0.5,7]")).isEqualTo(List.of(0.5, 7.0));
    }

    record Point(int x, int y) {}

    private Object call(String event, String json) {
        JsonArray data = JsonArray.of(Bytes.utf8("\"" + event + "\""), Bytes.utf8(json));
        long ackId = 1_000 + alice.connection().packets().size();
        alice.connection().send(new Packet.Event("/", ackId, data, List.of()));
        return Objects.requireNonNull(new TestCall(alice, ackId).answer().get(0));
    }
}
