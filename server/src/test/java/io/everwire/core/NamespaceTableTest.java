package io.everwire;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.json.JsonCodec;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many clients at once ask for the same namespaces, and leave them. */
class NamespaceTableTest {
    private static final int THREADS = 4;
    private static final int ROUNDS = 20_000;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void oneNameIsOneNamespaceWhoeverAsksFirst() throws Exception {
        SocketIoServer server = server(false);
        DynamicNamespaces parent = server.of(Pattern.compile("/.*"));
        Set<Namespace> seen = ConcurrentHashMap.newKeySet();

        everywhere(() -> {
            for (int i = 0; i < ROUNDS; i++) {
                seen.add(server.namespaces().enter("/" + i % 100, parent));
                seen.add(server.of("/" + (i + 50) % 100));
            }
        });

        assertThat(seen).hasSize(100);
        assertThat(parent.children()).hasSize(100);
        assertThat(server.namespaces().all()).hasSize(101);
    }

    @Test
    void noPlaceIsKeptInANamespaceThatIsGone() throws Exception {
        SocketIoServer server = server(true);
        DynamicNamespaces parent = server.of(Pattern.compile("/.*"));
        List<String> wrong = new ArrayList<>();

        everywhere(() -> {
            for (int i = 0; i < ROUNDS; i++) {
                Namespace existing = server.namespaces().enter("/a");
                Namespace entered = existing == null ? server.namespaces().enter("/a", parent) : existing;
                if (server.of("/a") != entered || parent.children().get("/a") != entered) {
                    synchronized (wrong) {
                        wrong.add("round " + i);
                    }
                }
                server.namespaces().leave(entered);
            }
        });

        assertThat(wrong).isEmpty();
        Namespace last = server.namespaces().enter("/a");
        if (last != null) {
            server.namespaces().leave(last);
        }
        assertThat(parent.children()).isEmpty();
    }

    private static SocketIoServer server(boolean cleanup) {
        return SocketIoServer.create(ServerOptions.builder()
                .jsonCodec(new NoJson())
                .cleanupEmptyChildNamespaces(cleanup)
                .build());
    }

    private void everywhere(Runnable task) throws Exception {
        List<Callable<Object>> tasks = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            tasks.add(Executors.callable(task));
        }
        for (Future<Object> done : threads.invokeAll(tasks)) {
            done.get();
        }
    }

    /** Nothing is written here. */
    private static final class NoJson implements JsonCodec {
        @Override
        public byte[] write(@Nullable Object value, List<byte[]> attachments) {
            throw new AssertionError("write");
        }

        @Override
        public Object read(byte[] json, int from, int to, Type type, List<byte[]> attachments) {
            throw new AssertionError("read");
        }
    }
}
