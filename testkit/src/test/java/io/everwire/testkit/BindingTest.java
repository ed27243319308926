package io.everwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.BadArgumentsException;
import io.everwire.ServerObserver.Outcome;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

    private Object call(String event, String json) {
        JsonArray data = JsonArray.of(Bytes.utf8("\"" + event + "\""), Bytes.utf8(json));
        long ackId = 1_000 + alice.connection().packets().size();
        alice.connection().send(new Packet.Event("/", ackId, data, List.of()));
        return Objects.requireNonNull(new TestCall(alice, ackId).answer().get(0));
    }
}
