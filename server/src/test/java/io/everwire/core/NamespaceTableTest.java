package io.everwire.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.Namespace;
import io.everwire.ServerOptions;
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

/** Many clients join and leave the same namespaces at once. */
class NamespaceTableTest {
    private static final int THREADS = 4;
    private static final int ROUNDS = 20_000;

    private ServerContext context;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void oneNameIsOneNamespaceWhoeverAsksFirst() throws Exception {
        NamespaceTable table = table(false);
        CoreDynamicNamespaces parent = table.add(new CoreDynamicNamespaces(context, Pattern.compile("/.*")));
        Set<Namespace> seen = ConcurrentHashMap.newKeySet();

        everywhere(() -> {
            for (int i = 0; i < ROUNDS; i++) {
                seen.add(table.enter("/" + i % 100, parent));
                seen.add(table.of("/" + (i + 50) % 100));
            }
        });

        assertThat(seen).hasSize(100);
        assertThat(parent.children()).hasSize(100);
        assertThat(table.all()).hasSize(101);
    }

    @Test
    void noPlaceIsKeptInANamespaceThatIsGone() throws Exception {
        NamespaceTable table = table(true);
        CoreDynamicNamespaces parent = table.add(new CoreDynamicNamespaces(context, Pattern.compile("/.*")));
        List<String> wrong = new ArrayList<>();

        everywhere(() -> {
            for (int i = 0; i < ROUNDS; i++) {
                CoreNamespace existing = table.enter("/a");
                CoreNamespace entered = existing == null ? table.enter("/a", parent) : existing;
                if (table.of("/a") != entered || parent.children().get("/a") != entered) {
                    synchronized (wrong) {
                        wrong.add("round " + i);
                    }
                }
                table.leave(entered);
            }
        });

        assertThat(wrong).isEmpty();
        CoreNamespace last = table.enter("/a");
        if (last != null) {
            table.leave(last);
        }
        assertThat(parent.children()).isEmpty();
    }

    private NamespaceTable table(boolean cleanup) {
        CoreServer server = CoreServer.create(ServerOptions.builder()
                .jsonCodec(new NoJson())
                .cleanupEmptyChildNamespaces(cleanup)
                .build());
        context = server.context();
        return server.namespaceTable();
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

    /** A codec that must not write a value. */
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
