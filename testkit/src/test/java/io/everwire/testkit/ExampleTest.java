package io.everwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The example in the Javadoc of {@link TestClient}, word for word. */
class ExampleTest {
    @Test
    void whatOneSaysTheOthersHear() {
        TestServer test = TestServer.create();
        test.server()
                .on("say", String.class, (socket, text) -> socket.broadcast().emit("said", text));

        TestClient alice = test.connect();
        TestClient bob = test.connect();
        alice.emit("say", "hello");

        assertThat(bob.received()).containsExactly(TestEvent.of("said", "hello"));
        assertThat(alice.received()).isEmpty();
    }
}
