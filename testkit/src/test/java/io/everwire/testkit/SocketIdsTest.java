package io.everwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.Handshake;
import io.everwire.ServerOptions;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Ids of sockets that the application generates. */
class SocketIdsTest {
    private static TestServer server(Function<? super Handshake, String> generator) {
        return TestServer.create(ServerOptions.builder().socketIds(generator).build());
    }

    @Test
    void theApplicationGeneratesTheIds() {
        TestServer test = server(handshake -> handshake.generation() + "-1");

        TestClient client = test.connect();

        assertThat(client.id()).isEqualTo("testkit-1");
        assertThat(test.server().sockets()).containsOnlyKeys(client.id());
        test.server().to(client.id()).emit("private");
        assertThat(client.received()).hasSize(1);
    }

    @Test
    void anIdInUseIsReplaced() {
        TestServer test = server(handshake -> "same");

        TestClient first = test.connect();
        TestClient second = test.connect();

        assertThat(first.id()).isEqualTo("same");
        assertThat(second.id()).hasSize(20);
        first.disconnect();
        assertThat(test.connect().id()).isEqualTo("same");
    }

    @Test
    void anIdOfAnotherFormIsReplaced() {
        for (String id : new String[] {"", "a b", "x".repeat(129), null}) {
            assertThat(server(handshake -> id).connect().id()).as(id).hasSize(20);
        }
    }

    @Test
    void aGeneratorThatFailsIsReplaced() {
        TestServer test = server(handshake -> {
            throw new IllegalStateException("no id");
        });

        assertThat(test.connect().id()).hasSize(20);
    }
}
