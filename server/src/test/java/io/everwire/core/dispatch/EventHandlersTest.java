package io.everwire.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.Ack;
import io.everwire.EventHandler;
import io.everwire.Registration;
import io.everwire.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventHandlersTest {
    private static final EventHandler HANDLER = (socket, arguments) -> Ack.none();

    private final EventHandlers handlers = new EventHandlers();

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                // the name as it was added, and spellings of it in an event
                "move, \"move\"",
                "move, \"\\u006dove\"",
                "move, \"\\u006D\\u006f\\u0076\\u0065\"",
                "a/b, \"a/b\"",
                "a/b, \"a\\/b\"",
                "a\"b, \"a\\\"b\"",
                "a\\b, \"a\\\\b\"",
                "é, \"é\"",
                "é, \"\\u00e9\"",
                "😀, \"😀\"",
                "😀, \"\\ud83d\\ude00\"",
                "42, 42",
                "42, \"42\"",
                "-1.5, -1.5",
                "``, \"\"",
            })
    void aNameIsFoundHoweverItIsWritten(String name, String json) {
        handlers.add(name, HANDLER);

        assertThat(handlers.of(Bytes.utf8(json))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"Move\"", "\"move \"", "\"mov\"", "\"moves\"", "\"\"", "0", "\"\\u006d\""})
    void anotherNameIsNot(String json) {
        handlers.add("move", HANDLER);

        assertThat(handlers.of(Bytes.utf8(json))).isEmpty();
    }

    @Test
    void aNameInsideALongerMessageIsFound() {
        handlers.add("move", HANDLER);
        Bytes message = Bytes.utf8("[\"move\",1]");

        assertThat(handlers.of(message.slice(1, 7))).hasSize(1);
    }

    @Test
    void handlersAreInTheOrderAddedAndRemovedOneByOne() {
        List<Integer> called = new ArrayList<>();
        handlers.add("e", (socket, arguments) -> called.add(1));
        Registration second = handlers.add("e", (socket, arguments) -> called.add(2));
        handlers.add("e", (socket, arguments) -> called.add(3));

        second.remove();
        second.remove();

        handlers.of(Bytes.utf8("\"e\"")).forEach(EventHandlersTest::call);
        assertThat(called).containsExactly(1, 3);
    }

    @Test
    void whatIsBeingHandledIsASnapshot() {
        handlers.add("e", HANDLER);
        List<EventHandler> found = handlers.of(Bytes.utf8("\"e\""));

        handlers.add("e", HANDLER);
        handlers.remove("e");

        assertThat(found).hasSize(1);
        assertThat(handlers.of(Bytes.utf8("\"e\""))).isEmpty();
    }

    @Test
    void aRegistrationThatWasTakenOffDoesNotRemoveALaterOne() {
        Registration early = handlers.add("e", HANDLER);
        handlers.remove("e");
        handlers.add("e", HANDLER);

        early.remove();

        assertThat(handlers.of(Bytes.utf8("\"e\""))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"})
    void reservedNamesAreRefused(String name) {
        assertThatThrownBy(() -> handlers.add(name, HANDLER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + name + "\" is a reserved name");
        assertThatThrownBy(() -> EventHandlers.checked(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Timeout(120)
    void threadsThatAddAndRemoveLoseNothing() throws InterruptedException {
        int threads = 4;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        for (int t = 0; t < threads; t++) {
            pool.execute(() -> {
                for (int i = 0; i < 1_000; i++) {
                    Registration passing = handlers.add("e", HANDLER);
                    if (i % 100 == 0) {
                        handlers.add("e", HANDLER);
                    }
                    passing.remove();
                }
            });
        }
        pool.shutdown();

        assertThat(pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        assertThat(handlers.of(Bytes.utf8("\"e\""))).hasSize(threads * 10);
    }

    @SuppressWarnings("NullAway") // these handlers do not use their arguments
    private static void call(EventHandler handler) {
        try {
            handler.on(null, null);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
