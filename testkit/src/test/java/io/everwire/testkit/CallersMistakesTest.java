package io.everwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.everwire.Ack;
import io.everwire.BroadcastOperator;
import io.everwire.Socket;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mistakes of applications: an exception at once, without another effect; or the intended result. */
class CallersMistakesTest {
    private static final String[] NONE = {};

    /** The arguments of {@code emit("e", null)}, for which the compiler prints a warning that is easy to miss. */
    @SuppressWarnings("NullAway") // the mistake
    private static final Object[] NULL = null;

    private final TestServer test = TestServer.create();
    private final TestClient alice = test.connect();
    private final Socket socket = Objects.requireNonNull(test.server().sockets().get(alice.id()));

    @Test
    void aNullInsteadOfTheArgumentsIsOneArgumentThatIsNull() {
        TestEvent expected = TestEvent.of("e", new Object[] {null});

        socket.emit("e", NULL);
        test.server().emit("e", NULL);
        test.server().to(alice.id()).emit("e", NULL);
        test.server().fetchSockets().join().get(0).emit("e", NULL);

        assertThat(alice.received()).containsExactly(expected, expected, expected, expected);
    }

    @Test
    void aNullInsteadOfTheArgumentsOfACallIsOneArgumentThatIsNull() {
        socket.call("e", String.class, NULL);
        test.server().call("e", String.class, NULL);

        assertThat(alice.received())
                .hasSize(2)
                .allSatisfy(event -> assertThat(event.args()).isEqualTo(Collections.singletonList(null)));
    }

    @Test
    void aNullInsteadOfTheValuesOfAnAckIsOneValueThatIsNull() {
        test.server().onCall("e", asker -> Ack.of(NULL));

        assertThat(alice.emitWithAck("e").answer()).isEqualTo(Collections.singletonList(null));
    }

    /** In the reference, an empty list of rooms means every socket. */
    @Test
    void noRoomsAtAllAreNotEverybody() {
        List<Runnable> mistakes = List.of(
                () -> test.server().to(NONE),
                () -> test.server().in(NONE),
                () -> test.server().of("/a").to(NONE),
                () -> test.server().of(Pattern.compile("/b")).in(NONE),
                () -> test.server().everybody().to("room").to(NONE),
                () -> socket.to(NONE),
                () -> socket.in(NONE),
                () -> socket.broadcast().in(NONE));

        for (Runnable mistake : mistakes) {
            assertThatIllegalArgumentException()
                    .isThrownBy(mistake::run)
                    .withMessageContaining("no room")
                    .withMessageContaining("everybody()");
        }
    }

    @Test
    void nobodyIsLeftOutIfNoRoomIsExcepted() {
        test.server().except(NONE).emit("e");

        assertThat(alice.received()).containsExactly(TestEvent.of("e"));
    }

    @Test
    @SuppressWarnings("NullAway") // the mistake
    void aRoomThatIsNullIsRefused() {
        String[] rooms = {"room", null};
        Stream.<Runnable>of(
                        () -> test.server().to(rooms),
                        () -> test.server().except(rooms),
                        () -> socket.join(rooms),
                        () -> test.server().socketsJoin(rooms),
                        () -> test.server().socketsLeave(rooms))
                .forEach(mistake -> assertThatNullPointerException().isThrownBy(mistake::run));

        assertThat(socket.rooms()).containsExactly(alice.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"})
    void reservedNamesAreRefusedWhereverTheyAreUsed(String name) {
        BroadcastOperator nobody = test.server().of(Pattern.compile("/none")).everybody();
        Stream.<Runnable>of(
                        () -> socket.emit(name),
                        () -> socket.call(name, String.class),
                        () -> socket.on(name, same -> {}),
                        () -> test.server().emit(name),
                        () -> test.server().call(name, String.class),
                        () -> test.server().on(name, same -> {}),
                        () -> nobody.emit(name),
                        () -> nobody.call(name, String.class))
                .forEach(mistake -> assertThatIllegalArgumentException()
                        .isThrownBy(mistake::run)
                        .withMessageContaining(name)
                        .withMessageContaining("reserved"));

        assertThat(alice.received()).isEmpty();
    }

    @Test
    void aNamespaceThatNoClientCouldAskForIsRefused() {
        assertThat(test.server().of("/" + "n".repeat(255)).name()).hasSize(256);
        for (String name : List.of("/a,b", "a,", "/" + "n".repeat(256), "n".repeat(1_000_000))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> test.server().of(name))
                    .withMessageContaining("namespace")
                    .withMessageContaining("256")
                    .satisfies(refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(500));
        }
    }
}
