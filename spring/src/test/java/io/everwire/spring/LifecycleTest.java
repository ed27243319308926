package io.everwire.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.everwire.testkit.TestClient;
import io.everwire.testkit.TestServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.context.SmartLifecycle;

/** The end of a server with its context, and the hints for native images. */
class LifecycleTest {
    @Test
    void socketsAreClosedBeforeTheGracefulStopOfTheWebServer() {
        TestServer test = TestServer.create();
        TestClient alice = test.connect();
        List<String> calls = new ArrayList<>();
        SocketIoLifecycle lifecycle = new SocketIoLifecycle(test.server(), server -> calls.add("started"));

        lifecycle.start();
        assertThat(lifecycle.isRunning()).isTrue();
        lifecycle.stop(() -> calls.add("stopped"));

        assertThat(alice.closeReason()).isNotNull();
        assertThat(lifecycle.isRunning()).isFalse();
        assertThat(calls).containsExactly("started", "stopped");
        // WebServerGracefulShutdownLifecycle of Spring Boot; higher phases stop first.
        assertThat(lifecycle.getPhase()).isGreaterThan(SmartLifecycle.DEFAULT_PHASE - 1024);
        assertThatIllegalStateException().isThrownBy(lifecycle::start).withMessageContaining("cannot start again");
    }

    @Test
    void handlersAndTheirTypesHaveHints() throws NoSuchMethodException {
        RuntimeHints hints = new RuntimeHints();

        new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(hints, ControllersTest.Chat.class);

        assertThat(RuntimeHintsPredicates.reflection()
                        .onMethod(ControllersTest.Chat.class.getDeclaredMethod(
                                "move",
                                io.everwire.Namespace.class,
                                io.everwire.SocketIoServer.class,
                                ControllersTest.Move.class))
                        .invoke())
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection()
                        .onMethod(ControllersTest.Move.class, "x")
                        .invoke())
                .accepts(hints);
    }
}
