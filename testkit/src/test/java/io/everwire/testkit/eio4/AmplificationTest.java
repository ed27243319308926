package io.everwire.testkit.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.everwire.LimitOptions;
import io.everwire.ServerObserver;
import io.everwire.ServerOptions;
import io.everwire.testkit.TestServer;
import io.everwire.testkit.TestWebSocket;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cost of one message, for the server and for the receivers of a broadcast, is limited by its own size (B4). */
class AmplificationTest {
    private static final String PLACEHOLDER = "{\"_placeholder\":true,\"num\":%d}";

    private final List<Object> reported = new ArrayList<>();
    private final List<String> passed = new ArrayList<>();
    private final TestServer test = TestServer.create(ServerOptions.builder()
            .maxAttachments(1_000)
            .limits(LimitOptions.builder().maxArguments(5_000).build())
            .observer(new ServerObserver() {
                @Override
                public void limitReached(String option) {
                    passed.add(option);
                }
            })
            .build());

    @Test
    void readingAllArgumentsCopiesEachAttachmentOnce() {
        int attachments = 200;
        int size = 10_000;
        long[] allocated = {0};
        test.server().onRaw("all", (socket, arguments) -> {
            long before = allocated();
            reported.addAll(arguments.all());
            allocated[0] = allocated() - before;
            return null;
        });
        TestWebSocket sender = join();
        String placeholders =
                IntStream.range(0, attachments).mapToObj(PLACEHOLDER::formatted).collect(Collectors.joining(","));

        sender.send("45" + attachments + "-[\"all\"," + placeholders + "]");
        for (int i = 0; i < attachments; i++) {
            sender.send(new byte[size / 10]);
        }

        assertThat(reported).hasSize(attachments);
        // Each copied for each argument would be 200 times as much.
        assertThat(allocated[0]).isLessThan(20L * attachments * size / 10 + 2_000_000);
    }

    @Test
    void argumentsHaveALimit() {
        test.server().onAny((socket, event, arguments) -> reported.add(arguments.size()));
        TestWebSocket sender = join();

        sender.send("42[\"few\"" + ",0".repeat(5_000) + "]").send("42[\"many\"" + ",0".repeat(5_001) + "]");
        sender.send("430[" + "0,".repeat(5_000) + "0]").send("42[\"few\"]");

        assertThat(reported).containsExactly(5_000, 0);
        assertThat(sender.closed()).isFalse();
        assertThat(passed).containsExactly("maxArguments");
    }

    /** Four times the bytes cost about four times the memory, not sixteen times. */
    @ParameterizedTest
    @ValueSource(strings = {"[%s]", "{\"a\":\"%s\"}", "\"%s\""})
    void workIsLinear(String form) {
        test.server().on("e", Object.class, (socket, value) -> socket.emit("e", value));
        boolean list = form.startsWith("[");
        long small = cost(form, list, 10_000);
        long large = cost(form, list, 40_000);

        assertThat(large).isLessThan(6 * small + 1_000_000);
    }

    private long cost(String form, boolean list, int count) {
        String value = list ? "0,".repeat(count) + "0" : "\\u0041".repeat(count);
        TestWebSocket sender = join();
        sender.send("42[\"e\",0]");
        long before = allocated();
        sender.send("42[\"e\"," + form.formatted(value) + "]");
        return allocated() - before;
    }

    @Test
    void withoutAttachmentsItIsDataLikeAnyOther() {
        test.server().on("echo", Map.class, (socket, value) -> socket.emit("echo", value));
        TestWebSocket sender = join().send("42[\"echo\",{\"_placeholder\":true,\"num\":99}]");

        assertThat(sender.received()).last().isEqualTo("42[\"echo\",{\"_placeholder\":true,\"num\":99}]");
    }

    private TestWebSocket join() {
        return test.webSocket("/socket.io/?EIO=4&transport=websocket").send("40");
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
